package org.conv4j.layer;

import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Op;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;

/**
 * Where a layer over spatial dimensions finds them and the channels.
 *
 * @param layer the layer's name, for messages
 * @param rank the number of spatial dimensions
 * @param dataFormat the position of the channels in input and output
 */
public record SpatialLayout(String layer, int rank, DataFormat dataFormat) {
  /**
   * Returns an input's shape with the channels last, after checking its rank.
   *
   * @param input the shape as Keras sees it
   * @return {@code (batch, n..., channels)}
   * @throws ShapeMismatchException if it has not as many dimensions as the layer needs
   */
  public Shape channelsLast(Shape input) {
    if (input.rank() != rank + 2) {
      throw new ShapeMismatchException(
          "Layer '%s' needs an input of %d dimensions (batch, %d spatial, channels); given %s."
              .formatted(layer, rank + 2, rank, input));
    }
    return input.permute(dataFormat.axesToChannelsLast(rank + 2));
  }

  /**
   * Returns a shape as the layer's data format shows it.
   *
   * @param channelsLast {@code (batch, n..., channels)}
   * @return the shape as Keras sees it
   */
  public Shape seen(Shape channelsLast) {
    return channelsLast.permute(dataFormat.axesFromChannelsLast(channelsLast.rank()));
  }

  /**
   * Appends an op on channels-last shapes.
   *
   * @param lowering the program being written
   * @param op the op
   * @param input the layer's input, in any layout
   * @return the result
   */
  public Value append(Lowering lowering, Op op, Value input) {
    Value in = lowering.channelsLast(layer, input, dataFormat);
    return lowering.append(layer, op, in, List.of(), dataFormat);
  }
}
