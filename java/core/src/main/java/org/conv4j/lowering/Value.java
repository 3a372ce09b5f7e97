package org.conv4j.lowering;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;

/**
 * An input, a constant or the result of a step while a program is being written.
 *
 * @param id its number in the program
 * @param shape its shape as Keras sees it
 * @param view {@link DataFormat#CHANNELS_LAST} if memory holds it as Keras sees it; {@link
 *     DataFormat#CHANNELS_FIRST} if Keras sees it channels-first while memory holds it
 *     channels-last
 */
public record Value(int id, Shape shape, DataFormat view) {
  /**
   * Checks that nothing is missing.
   *
   * @param id see {@link #id}
   * @param shape see {@link #shape}
   * @param view see {@link #view}
   */
  public Value {
    InvalidLayerException.requirePresent(shape, "The shape of a value");
    InvalidLayerException.requirePresent(view, "The view of a value");
  }

  /**
   * Returns the shape that memory holds.
   *
   * @return the shape ops see
   */
  public Shape stored() {
    return shape.permute(view.axesToChannelsLast(shape.rank()));
  }

  /**
   * Returns where memory holds an axis.
   *
   * @param axis an axis as Keras sees it, counted from 0
   * @return that axis of {@link #stored}
   */
  public int storedAxis(int axis) {
    return view.axesFromChannelsLast(shape.rank()).get(axis);
  }
}
