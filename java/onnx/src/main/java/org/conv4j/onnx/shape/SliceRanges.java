package org.conv4j.onnx.shape;

/**
 * What a Slice takes, for each axis.
 *
 * @param begin the first element
 * @param step the distance to the next, which may be negative
 * @param count how many, which may be 0
 */
public record SliceRanges(long[] begin, long[] step, long[] count) {
  /**
   * Resolves the arguments of a node: starts, ends, axes and steps, of which the last may be null.
   */
  public static SliceRanges of(
      NodeInfo node, long[] dims, long[] starts, long[] ends, long[] axes, long[] steps) {
    long[] begin = new long[dims.length];
    long[] step = new long[dims.length];
    long[] count = dims.clone();
    java.util.Arrays.fill(step, 1);
    if (starts == null
        || ends == null
        || starts.length != ends.length
        || axes != null && axes.length != starts.length
        || steps != null && steps.length != starts.length) {
      throw node.invalid("starts, ends, axes and steps are missing or differ in number");
    }
    for (int i = 0; i < starts.length; i++) {
      int axis = node.axis(axes == null ? i : axes[i], dims.length);
      long by = steps == null ? 1 : steps[i];
      if (by == 0 || by == Long.MIN_VALUE) {
        throw node.invalid("a step must not be " + by);
      }
      long extent = dims[axis];
      long first = clip(starts[i], extent, by > 0 ? 0 : 0, by > 0 ? extent : extent - 1);
      long last = clip(ends[i], extent, by > 0 ? 0 : -1, by > 0 ? extent : extent - 1);
      long distance = by > 0 ? last - first : first - last;
      long size = Math.abs(by);
      begin[axis] = Math.max(0, first);
      step[axis] = by;
      count[axis] = distance <= 0 ? 0 : (distance - 1) / size + 1;
    }
    return new SliceRanges(begin, step, count);
  }

  private static long clip(long place, long extent, long least, long most) {
    long counted = place < 0 ? place + extent : place;
    return Math.max(least, Math.min(most, counted));
  }
}
