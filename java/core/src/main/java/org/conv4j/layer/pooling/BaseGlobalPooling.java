package org.conv4j.layer.pooling;

import java.util.Arrays;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Reduction;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's pooling over all spatial dimensions.
 *
 * @param <L> the layer's own type
 */
public sealed interface BaseGlobalPooling<L extends BaseGlobalPooling<L>> extends WeightlessLayer
    permits GlobalMaxPooling1D,
        GlobalMaxPooling2D,
        GlobalMaxPooling3D,
        GlobalAveragePooling1D,
        GlobalAveragePooling2D,
        GlobalAveragePooling3D {
  /**
   * Returns the arguments.
   *
   * @return the options
   */
  GlobalPoolingOptions options();

  /**
   * Returns the number of spatial dimensions.
   *
   * @return 1, 2 or 3
   */
  int rank();

  /**
   * Returns what becomes of all elements of a channel.
   *
   * @return the kind
   */
  ReductionKind kind();

  /**
   * Returns this layer with other arguments.
   *
   * @param options the arguments
   * @return a changed copy
   */
  L withOptions(GlobalPoolingOptions options);

  @Override
  default String name() {
    return options().name();
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  default L name(String name) {
    GlobalPoolingOptions o = options();
    return withOptions(new GlobalPoolingOptions(name, o.dataFormat(), o.keepdims()));
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  default L dataFormat(DataFormat dataFormat) {
    GlobalPoolingOptions o = options();
    return withOptions(new GlobalPoolingOptions(o.name(), dataFormat, o.keepdims()));
  }

  /**
   * Sets whether the spatial dimensions stay.
   *
   * @param keepdims true to keep them, with extent 1
   * @return a changed copy
   */
  default L keepdims(boolean keepdims) {
    GlobalPoolingOptions o = options();
    return withOptions(new GlobalPoolingOptions(o.name(), o.dataFormat(), keepdims));
  }

  @Override
  default Shape outputShape(Shape input) {
    Shape last = layout().channelsLast(input);
    long[] pooled = last.extents();
    Arrays.fill(pooled, 1, rank() + 1, 1);
    return options().keepdims()
        ? layout().seen(Shape.open(pooled))
        : Shape.open(last.extent(0), last.extent(-1));
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    Value pooled = layout().append(lowering, op(input.shape()), input);
    return options().keepdims()
        ? pooled
        : lowering.reshape(name(), pooled, outputShape(input.shape()));
  }

  private Reduction op(Shape seen) {
    Shape input = layout().channelsLast(seen);
    return new Reduction(input, IntTuple.generate(rank(), i -> i + 1), kind());
  }

  private SpatialLayout layout() {
    return new SpatialLayout(name(), rank(), options().dataFormat());
  }
}
