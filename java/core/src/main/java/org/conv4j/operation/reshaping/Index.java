package org.conv4j.operation.reshaping;

import java.util.ArrayList;
import java.util.List;

/** One entry of what stands in the brackets of {@code x[...]}. */
public sealed interface Index {
  /** All axes that no other entry stands for. */
  Index ELLIPSIS = new Ellipsis();

  /** A new axis of extent 1. */
  Index NEW_AXIS = new NewAxis();

  /**
   * Elements at regular distances, with Python's rules for what is null, negative or too large.
   *
   * @param start the first element, or null
   * @param stop the element before which to end, or null
   * @param step the distance, not 0, or null for 1
   */
  record Range(Integer start, Integer stop, Integer step) implements Index {}

  /**
   * One element; its axis disappears.
   *
   * @param position which; negative values count from the end
   */
  record At(int position) implements Index {}

  /** See {@link #ELLIPSIS}. */
  record Ellipsis() implements Index {}

  /** See {@link #NEW_AXIS}. */
  record NewAxis() implements Index {}

  /**
   * Returns the entries that take something from one axis and everything from those before it.
   *
   * @param axis the axis, at least 0
   * @param index what is taken
   * @return the entries
   */
  static List<Index> along(int axis, Index index) {
    List<Index> indices = new ArrayList<>();
    for (int i = 0; i < axis; i++) {
      indices.add(new Range(null, null, null));
    }
    indices.add(index);
    return indices;
  }
}
