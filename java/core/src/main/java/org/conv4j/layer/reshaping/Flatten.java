package org.conv4j.layer.reshaping;

import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Flatten: all elements of one example in a row.
 *
 * @param name the layer's name
 * @param dataFormat {@link DataFormat#CHANNELS_FIRST} if axis 1 moves to the end before
 */
public record Flatten(String name, DataFormat dataFormat) implements WeightlessLayer {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param dataFormat see {@link #dataFormat}
   */
  public Flatten {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
  }

  /**
   * Returns a layer with Keras's default, channels last.
   *
   * @return the layer
   */
  public static Flatten of() {
    return new Flatten("flatten", DataFormat.CHANNELS_LAST);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Flatten name(String name) {
    return new Flatten(name, dataFormat);
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  public Flatten dataFormat(DataFormat dataFormat) {
    return new Flatten(name, dataFormat);
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.rankAtLeast(name, 1, input);
    return Shape.open(input.extent(0), Extents.product(input, 1, input.rank()));
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value in = lowering.channelsLast(name, input, dataFormat);
    return new Value(in.id(), outputShape(input.shape()), DataFormat.CHANNELS_LAST);
  }
}
