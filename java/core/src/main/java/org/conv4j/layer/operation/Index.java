package org.conv4j.layer.operation;

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
}
