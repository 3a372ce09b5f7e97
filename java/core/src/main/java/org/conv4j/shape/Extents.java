package org.conv4j.shape;

import org.conv4j.error.ShapeMismatchException;

/**
 * Arithmetic on extents of which some may be {@link Shape#UNKNOWN}: what is computed from an
 * unknown one is unknown, as in Keras. This is how the shapes of a model, and with them those of
 * its weights, are found before it is known what the model will be given.
 */
public final class Extents {
  private Extents() {}

  /**
   * Returns whether an extent is known.
   *
   * @param extent the extent
   * @return false for {@link Shape#UNKNOWN}
   */
  public static boolean isKnown(long extent) {
    return extent != Shape.UNKNOWN;
  }

  /**
   * Returns the sum of two extents.
   *
   * @param left an extent
   * @param right an extent
   * @return their sum, or {@link Shape#UNKNOWN}
   * @throws ShapeMismatchException if it overflows
   */
  public static long sum(long left, long right) {
    return isKnown(left) && isKnown(right) ? plus(left, right) : Shape.UNKNOWN;
  }

  /**
   * Returns an extent made longer or shorter.
   *
   * @param extent the extent
   * @param change how many elements are added; negative if some are taken away
   * @return the new extent, which may be below 1, which the caller reports; or {@link
   *     Shape#UNKNOWN}
   * @throws ShapeMismatchException if it overflows
   */
  public static long changed(long extent, long change) {
    if (!isKnown(extent)) {
      return Shape.UNKNOWN;
    }
    // What is below 1 is wrong all the same, and -1 would stand for an unknown extent.
    return Math.max(0, plus(extent, change));
  }

  /**
   * Returns the product of two extents.
   *
   * @param left an extent
   * @param right an extent
   * @return their product, or {@link Shape#UNKNOWN}
   * @throws ShapeMismatchException if it overflows
   */
  public static long product(long left, long right) {
    if (!isKnown(left) || !isKnown(right)) {
      return Shape.UNKNOWN;
    }
    try {
      return Math.multiplyExact(left, right);
    } catch (ArithmeticException overflow) {
      throw tooLarge(left + " * " + right, overflow);
    }
  }

  /**
   * Returns the product of some extents of a shape.
   *
   * @param shape the shape
   * @param from the first axis
   * @param to the axis before which to end
   * @return their product, 1 for none, or {@link Shape#UNKNOWN} if one of them is
   */
  public static long product(Shape shape, int from, int to) {
    long product = 1;
    for (int axis = from; axis < to; axis++) {
      product = product(product, shape.extent(axis));
    }
    return product;
  }

  /**
   * Returns how many times an extent holds a number of elements.
   *
   * @param extent the extent
   * @param divisor the number, at least 1
   * @return the whole quotient, or {@link Shape#UNKNOWN}
   */
  public static long quotient(long extent, long divisor) {
    return isKnown(extent) ? extent / divisor : Shape.UNKNOWN;
  }

  /**
   * Returns whether two extents are certainly different.
   *
   * @param left an extent
   * @param right an extent
   * @return true if both are known and differ
   */
  public static boolean differ(long left, long right) {
    return left != right && isKnown(left) && isKnown(right);
  }

  /**
   * Returns what is known of two extents that must be equal.
   *
   * @param left an extent
   * @param right an extent that does not {@link #differ} from it
   * @return the one that is known, or {@link Shape#UNKNOWN}
   */
  public static long agreed(long left, long right) {
    return isKnown(left) ? left : right;
  }

  /**
   * Returns whether elements along two axes can certainly not be combined as NumPy does, one
   * standing for many.
   *
   * @param left an extent
   * @param right an extent
   * @return true if both are known, differ, and neither is 1
   */
  public static boolean clash(long left, long right) {
    return differ(left, right) && left != 1 && right != 1;
  }

  /**
   * Returns the extent of elements that are combined as NumPy does, one standing for many.
   *
   * @param left an extent
   * @param right an extent that does not {@link #clash} with it
   * @return the larger one; {@link Shape#UNKNOWN} if it is neither known nor follows from the other
   */
  public static long broadcast(long left, long right) {
    // With a known extent above 1, an unknown one can only be equal to it or 1.
    if (left == 1 || right > 1) {
      return right;
    }
    return left;
  }

  private static long plus(long left, long right) {
    try {
      return Math.addExact(left, right);
    } catch (ArithmeticException overflow) {
      throw tooLarge(left + " + " + right, overflow);
    }
  }

  private static ShapeMismatchException tooLarge(String what, ArithmeticException overflow) {
    return new ShapeMismatchException(
        "An extent of " + what + " elements is more than 64 bits can count.", overflow);
  }
}
