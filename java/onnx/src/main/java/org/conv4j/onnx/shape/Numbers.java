package org.conv4j.onnx.shape;

import java.nio.ByteBuffer;
import org.conv4j.bytes.Elements;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.TensorType;

/**
 * A small tensor whose elements are known: integers and truth values as {@code long}, real numbers
 * as {@code double}, rounded to float where the type is no double. May be empty. Immutable.
 */
public final class Numbers {
  /** No shape, index or constant of arithmetic on shapes has more elements. */
  public static final int MOST = 1_000_000;

  private final TensorType type;
  private final long[] dims;
  private final long[] integers;
  private final double[] reals;

  private Numbers(TensorType type, long[] dims, long[] integers, double[] reals) {
    this.type = type;
    this.dims = dims;
    this.integers = integers;
    this.reals = reals;
  }

  /** Makes a tensor of whole numbers, which are not copied. */
  public static Numbers of(TensorType type, long[] dims, long[] integers) {
    return new Numbers(type, dims, integers, null);
  }

  /** Makes a vector of 64-bit integers. */
  public static Numbers vector(long... integers) {
    return of(TensorType.INT64, new long[] {integers.length}, integers);
  }

  /** Makes a tensor of real numbers, which are not copied but rounded. */
  public static Numbers of(TensorType type, long[] dims, double[] reals) {
    if (type != TensorType.DOUBLE) {
      for (int i = 0; i < reals.length; i++) {
        reals[i] = (float) reals[i];
      }
    }
    return new Numbers(type, dims, null, reals);
  }

  /** Makes a tensor of either kind from numbers. */
  public static Numbers converted(TensorType type, long[] dims, double[] numbers) {
    if (type.isFloating()) {
      return of(type, dims, numbers);
    }
    long[] whole = new long[numbers.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (long) numbers[i];
    }
    return of(type, dims, whole);
  }

  /** Reads a tensor of a file. */
  public static Numbers read(TensorData tensor) {
    int count = requireSmall(tensor.count(), tensor.name());
    Elements elements = tensor.elements();
    byte[] stored = elements.stored().read(0, Math.toIntExact(elements.stored().size()));
    ByteBuffer bytes = ByteBuffer.wrap(stored).order(elements.order());
    long[] dims = tensor.dims().toArray();
    if (tensor.type().isFloating()) {
      double[] reals = new double[count];
      for (int i = 0; i < count; i++) {
        reals[i] = elements.type().next(bytes);
      }
      return of(tensor.type(), dims, reals);
    }
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      boolean whole = elements.type().bytes() == Long.BYTES;
      integers[i] = whole ? bytes.getLong() : (long) elements.type().next(bytes);
    }
    return of(tensor.type(), dims, integers);
  }

  /** Checks a number of elements before anything is allocated for them. */
  static int requireSmall(long count, String what) {
    if (count > MOST) {
      throw new InvalidLayerException(
          "'%s' has %d elements; what is computed with shapes may have %d at most."
              .formatted(what, count, MOST));
    }
    return (int) count;
  }

  /** The number of elements of some extents, which is within bounds. */
  static int count(long[] dims, NodeInfo node) {
    long count = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw node.invalid("it makes an extent of " + dim);
      }
      if (dim > MOST) {
        count = dim;
        break;
      }
      count *= dim;
      if (count > MOST) {
        break;
      }
    }
    return requireSmall(count, node.name());
  }

  /** The type of the elements. */
  public TensorType type() {
    return type;
  }

  /** The extents, not to be changed. */
  public long[] dims() {
    return dims;
  }

  /** The number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** The number of elements. */
  public int count() {
    return reals == null ? integers.length : reals.length;
  }

  /** An element as a real number. */
  public double real(int index) {
    requireElement(index);
    return reals == null ? integers[index] : reals[index];
  }

  /** An element as a whole number; real ones lose their fraction. */
  public long integer(int index) {
    requireElement(index);
    return reals == null ? integers[index] : (long) reals[index];
  }

  /** Files may give fewer numbers than an operator takes. */
  private void requireElement(int index) {
    if (index < 0 || index >= count()) {
      throw new InvalidLayerException(
          "A tensor of %d elements has no element %d.".formatted(count(), index));
    }
  }

  /** The only element as a truth value. */
  boolean truth(NodeInfo node) {
    if (count() != 1) {
      throw node.invalid("its condition is to be one number; given %d".formatted(count()));
    }
    return real(0) != 0;
  }

  /** All elements as whole numbers. */
  public long[] integers() {
    long[] all = new long[count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = integer(i);
    }
    return all;
  }

  /** All elements as real numbers. */
  public double[] reals() {
    double[] all = new double[count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = real(i);
    }
    return all;
  }

  /** The same elements with other extents. */
  Numbers reshape(long... other) {
    return new Numbers(type, other, integers, reals);
  }

  /** The same numbers as another type. */
  Numbers cast(TensorType other) {
    if (other.isFloating()) {
      return of(other, dims, reals());
    }
    long[] whole = new long[count()];
    for (int i = 0; i < whole.length; i++) {
      long value = integer(i);
      whole[i] =
          switch (other) {
            case BOOL -> real(i) != 0 ? 1 : 0;
            case INT8 -> (byte) value;
            case UINT8 -> value & 0xff;
            case INT16 -> (short) value;
            case UINT16 -> value & 0xffff;
            case INT32 -> (int) value;
            case UINT32 -> value & 0xffffffffL;
            default -> value;
          };
    }
    return of(other, dims, whole);
  }

  /** Elements by their places. */
  Numbers pick(long[] to, int[] places) {
    if (reals == null) {
      long[] picked = new long[places.length];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = integers[places[i]];
      }
      return of(type, to, picked);
    }
    double[] picked = new double[places.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = reals[places[i]];
    }
    return new Numbers(type, to, null, picked);
  }
}
