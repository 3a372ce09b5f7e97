package org.conv4j.djl.memory;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Loops over the elements of views. Storages are read and written in pieces of their own order. */
public final class Rows {
  /** Small enough for the first-level cache. */
  private static final int PIECE = 2048;

  private Rows() {}

  /** Called with the place of each row, in the order of the view's elements. */
  public interface Visitor {
    void row(int at, int begin);
  }

  /** Goes through the rows along the last axis. */
  private static void each(View view, Visitor visitor) {
    int rank = view.rank();
    if (view.size() == 0) {
      return;
    }
    int[] index = new int[rank];
    int count = rank == 0 ? 1 : view.shape()[rank - 1];
    int at = view.offset();
    for (int begin = 0; ; begin += count) {
      visitor.row(at, begin);
      int axis = rank - 2;
      while (axis >= 0 && ++index[axis] == view.shape()[axis]) {
        index[axis] = 0;
        at -= (view.shape()[axis] - 1) * view.strides()[axis];
        axis--;
      }
      if (axis < 0) {
        return;
      }
      at += view.strides()[axis];
    }
  }

  /** The elements in the order of their positions. */
  public static double[] values(Storage storage, View view) {
    double[] values = new double[view.size()];
    if (view.isContiguous()) {
      storage.read(view.offset(), values, values.length);
      return values;
    }
    int last = view.rank() - 1;
    int count = view.shape()[last];
    int stride = view.strides()[last];
    int span = (count - 1) * stride + 1;
    double[] row = new double[span];
    each(
        view,
        (at, begin) -> {
          storage.read(at, row, span);
          for (int i = 0; i < count; i++) {
            values[begin + i] = row[i * stride];
          }
        });
    return values;
  }

  /** The same in float32. */
  public static float[] floats(Storage storage, View view) {
    float[] floats = new float[view.size()];
    if (!view.isContiguous()) {
      double[] values = values(storage, view);
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }
    double[] piece = new double[Math.min(PIECE, floats.length)];
    for (int begin = 0; begin < floats.length; begin += PIECE) {
      int count = Math.min(PIECE, floats.length - begin);
      storage.read(view.offset() + begin, piece, count);
      for (int i = 0; i < count; i++) {
        floats[begin + i] = (float) piece[i];
      }
    }
    return floats;
  }

  /** Overwrites the elements; those between them stay. */
  public static void assign(Storage storage, View view, double[] values) {
    if (view.isContiguous()) {
      storage.write(view.offset(), values, values.length);
      return;
    }
    int last = view.rank() - 1;
    int count = view.shape()[last];
    int stride = view.strides()[last];
    int span = (count - 1) * stride + 1;
    double[] row = new double[span];
    each(
        view,
        (at, begin) -> {
          storage.read(at, row, span);
          for (int i = 0; i < count; i++) {
            row[i * stride] = values[begin + i];
          }
          storage.write(at, row, span);
        });
  }

  public static void fill(Storage storage, int size, double value) {
    double[] piece = new double[Math.min(PIECE, size)];
    Arrays.fill(piece, value);
    for (int begin = 0; begin < size; begin += PIECE) {
      storage.write(begin, piece, Math.min(PIECE, size - begin));
    }
  }

  /** Applies a function to elements that follow each other. */
  public static void map(
      Storage source, int from, Storage target, int to, int size, DoubleUnaryOperator function) {
    double[] piece = new double[Math.min(PIECE, size)];
    for (int begin = 0; begin < size; begin += PIECE) {
      int count = Math.min(PIECE, size - begin);
      source.read(from + begin, piece, count);
      for (int i = 0; i < count; i++) {
        piece[i] = function.applyAsDouble(piece[i]);
      }
      target.write(to + begin, piece, count);
    }
  }

  /** Copies elements that follow each other. */
  public static void copy(Storage source, int from, Storage target, int to, int size) {
    double[] piece = new double[Math.min(PIECE, size)];
    for (int begin = 0; begin < size; begin += PIECE) {
      int count = Math.min(PIECE, size - begin);
      source.read(from + begin, piece, count);
      target.write(to + begin, piece, count);
    }
  }

  /** Subtracts and divides with numbers that take turns: those of position {@code i / run % n}. */
  public static void normalize(
      Storage source, int from, Storage target, int size, int run, float[] mean, float[] std) {
    // As many as are a multiple of a turn of single elements, so that pieces begin alike.
    int length = PIECE - PIECE % mean.length;
    double[] piece = new double[length];
    double[] means = new double[length];
    double[] deviations = new double[length];
    for (int begin = 0; begin < size; begin += length) {
      if (begin == 0 || run > 1) {
        for (int i = 0; i < length; i++) {
          int channel = (begin + i) / run % mean.length;
          means[i] = mean[channel];
          deviations[i] = std[channel];
        }
      }
      int count = Math.min(length, size - begin);
      source.read(from + begin, piece, count);
      for (int i = 0; i < count; i++) {
        piece[i] = (piece[i] - means[i]) / deviations[i];
      }
      target.write(begin, piece, count);
    }
  }

  public static double[] combine(double[] a, double[] b, DoubleBinaryOperator function) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = function.applyAsDouble(a[i], b[i]);
    }
    return result;
  }
}
