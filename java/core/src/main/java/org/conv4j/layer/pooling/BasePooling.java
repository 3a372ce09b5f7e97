package org.conv4j.layer.pooling;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.PoolingKind;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Pooling;
import org.conv4j.shape.ConvolutionArithmetic;
import org.conv4j.shape.ConvolutionArithmetic.Extent;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.weights.Weights;

/**
 * Keras's pooling over a moving window. A wither returns a changed copy and throws {@link
 * InvalidLayerException} for an illegal value.
 *
 * @param <L> the layer's own type
 */
public sealed interface BasePooling<L extends BasePooling<L>> extends WeightlessLayer
    permits MaxPooling1D,
        MaxPooling2D,
        MaxPooling3D,
        AveragePooling1D,
        AveragePooling2D,
        AveragePooling3D {
  /**
   * Returns the arguments, with one entry for each dimension in every tuple.
   *
   * @return the options
   */
  PoolingOptions options();

  /**
   * Returns what becomes of the elements in a window.
   *
   * @return the kind
   */
  PoolingKind kind();

  /**
   * Returns this layer with other arguments.
   *
   * @param options the arguments
   * @return a changed copy
   */
  L withOptions(PoolingOptions options);

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
    PoolingOptions o = options();
    return withOptions(
        new PoolingOptions(name, o.poolSize(), o.strides(), o.padding(), o.dataFormat()));
  }

  /**
   * Sets the strides.
   *
   * @param strides one number for all dimensions, or one for each
   * @return a changed copy
   */
  default L strides(int... strides) {
    PoolingOptions o = options();
    IntTuple steps = IntTuple.of(strides);
    return withOptions(
        new PoolingOptions(o.name(), o.poolSize(), steps, o.padding(), o.dataFormat()));
  }

  /**
   * Sets the padding.
   *
   * @param padding valid or same
   * @return a changed copy
   */
  default L padding(Padding padding) {
    PoolingOptions o = options();
    return withOptions(
        new PoolingOptions(o.name(), o.poolSize(), o.strides(), padding, o.dataFormat()));
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  default L dataFormat(DataFormat dataFormat) {
    PoolingOptions o = options();
    return withOptions(
        new PoolingOptions(o.name(), o.poolSize(), o.strides(), o.padding(), dataFormat));
  }

  @Override
  default Shape outputShape(Shape input) {
    Shape last = options().layout().channelsLast(input);
    return options().layout().seen(output(last, extents(last)));
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    Shape last = options().layout().channelsLast(input.shape());
    Extent[] extents = extents(last);
    Window window =
        new Window(
            options().poolSize(),
            options().strides(),
            IntTuple.filled(extents.length, 1),
            IntTuple.generate(extents.length, i -> extents[i].padBegin()),
            IntTuple.generate(extents.length, i -> extents[i].padEnd()));
    Pooling op = new Pooling(last, output(last, extents), window, kind());
    return options().layout().append(lowering, op, input);
  }

  private Extent[] extents(Shape input) {
    PoolingOptions options = options();
    Extent[] extents = new Extent[options.poolSize().size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] =
          ConvolutionArithmetic.convolution(
              input.extent(i + 1),
              options.poolSize().get(i),
              options.strides().get(i),
              1,
              options.padding());
    }
    return extents;
  }

  private Shape output(Shape input, Extent[] extents) {
    PoolingOptions options = options();
    long[] output = input.extents();
    for (int i = 0; i < extents.length; i++) {
      output[i + 1] = extents[i].output();
      if (Extents.isKnown(output[i + 1]) && output[i + 1] < 1) {
        throw new ShapeMismatchException(
            "Layer '%s': a pool_size of %s and %s padding leave no output for the input %s."
                .formatted(
                    options.name(),
                    options.poolSize(),
                    options.padding(),
                    options.layout().seen(input)));
      }
    }
    return Shape.open(output);
  }
}
