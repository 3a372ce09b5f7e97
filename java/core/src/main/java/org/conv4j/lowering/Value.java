package org.conv4j.lowering;

import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;

/**
 * The result of a step while a program is being written.
 *
 * @param id its number in the program; 0 is the program's input
 * @param shape its shape as Keras sees it
 * @param view {@link DataFormat#CHANNELS_LAST} if memory holds it as Keras sees it; {@link
 *     DataFormat#CHANNELS_FIRST} if Keras sees it channels-first while memory holds it
 *     channels-last
 */
public record Value(int id, Shape shape, DataFormat view) {
  /**
   * Returns the shape that memory holds.
   *
   * @return the shape ops see
   */
  public Shape stored() {
    return shape.permute(view.axesToChannelsLast(shape.rank()));
  }
}
