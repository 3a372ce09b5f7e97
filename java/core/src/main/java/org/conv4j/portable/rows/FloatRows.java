package org.conv4j.portable.rows;

import java.util.Arrays;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.op.ResizeWeights;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;

/** Rows of floats. The build makes {@code DoubleRows} of it, see the package. */
@SuppressWarnings("cast") // Those of doubles to double, there.
final class FloatRows extends Rows {
  private final float[][] rows;

  FloatRows(int count, int length) {
    rows = new float[count][length];
  }

  @Override
  public void set(int row, int at, double value) {
    rows[row][at] = (float) value;
  }

  @Override
  public void fill(int firstRow, int count, int at, int length, double value) {
    for (int row = firstRow; row < firstRow + count; row++) {
      Arrays.fill(rows[row], at, at + length, (float) value);
    }
  }

  @Override
  public void share(int row, Rows other, int otherRow) {
    rows[row] = ((FloatRows) other).rows[otherRow];
  }

  @Override
  public void copy(int row, int at, Rows from, int fromRow, int fromAt, int count) {
    System.arraycopy(((FloatRows) from).rows[fromRow], fromAt, rows[row], at, count);
  }

  @Override
  public void read(Tensor tensor, int from, int row, int at, int count) {
    HeldElements.read(tensor, from, rows[row], at, count);
  }

  @Override
  public void write(Tensor tensor, int to, int row, int at, int count) {
    HeldElements.write(tensor, to, rows[row], at, count);
  }

  @Override
  public void gather(
      int firstRow, int count, int at, int length, Rows from, int fromRow, int fromAt, int stride) {
    float[] source = ((FloatRows) from).rows[fromRow];
    int row = firstRow;
    for (; row + 4 <= firstRow + count; row += 4) {
      FloatLoops.split4(
          source,
          fromAt + row - firstRow,
          stride,
          rows[row],
          rows[row + 1],
          rows[row + 2],
          rows[row + 3],
          at,
          length);
    }
    for (; row < firstRow + count; row++) {
      FloatLoops.split1(source, fromAt + row - firstRow, stride, rows[row], at, length);
    }
  }

  @Override
  public void scatter(
      int firstRow, int count, int at, int length, Rows to, int toRow, int toAt, int stride) {
    float[] target = ((FloatRows) to).rows[toRow];
    int row = firstRow;
    for (; row + 4 <= firstRow + count; row += 4) {
      FloatLoops.join4(
          target,
          toAt + row - firstRow,
          stride,
          rows[row],
          rows[row + 1],
          rows[row + 2],
          rows[row + 3],
          at,
          length);
    }
    for (; row < firstRow + count; row++) {
      FloatLoops.join1(target, toAt + row - firstRow, stride, rows[row], at, length);
    }
  }

  @Override
  public void addProducts(
      int firstRow,
      int count,
      Rows others,
      int firstOther,
      int depth,
      Rows multiples,
      int multiplesRow,
      int multiplesAt,
      int length) {
    float[][] b = ((FloatRows) others).rows;
    float[] w = ((FloatRows) multiples).rows[multiplesRow];
    int at = multiplesAt;
    float[] c0 = rows[firstRow];
    if (count == BLOCK) {
      float[] c1 = rows[firstRow + 1];
      float[] c2 = rows[firstRow + 2];
      for (int k = firstOther; k < firstOther + depth; k += DEPTH) {
        FloatLoops.add3x3(c0, c1, c2, b[k], b[k + 1], b[k + 2], w, at, length);
        at += 3 * DEPTH;
      }
    } else if (count == 2) {
      float[] c1 = rows[firstRow + 1];
      for (int k = firstOther; k < firstOther + depth; k += DEPTH) {
        FloatLoops.add2x3(c0, c1, b[k], b[k + 1], b[k + 2], w, at, length);
        at += 2 * DEPTH;
      }
    } else {
      for (int k = firstOther; k < firstOther + depth; k += DEPTH) {
        FloatLoops.add1x3(c0, b[k], b[k + 1], b[k + 2], w, at, length);
        at += DEPTH;
      }
    }
  }

  @Override
  public void interleave(int row, int firstDepth, int position, int count, Rows from, int length) {
    FloatLoops.interleave(
        ((FloatRows) from).rows[0], length, rows[row], firstDepth, position, count);
  }

  @Override
  public void addElementProducts(
      int row, Rows first, int firstRow, Rows second, int secondRow, int count) {
    float[][] b = ((FloatRows) first).rows;
    float[][] w = ((FloatRows) second).rows;
    FloatLoops.addElementProducts(
        rows[row],
        b[firstRow],
        b[firstRow + 1],
        b[firstRow + 2],
        w[secondRow],
        w[secondRow + 1],
        w[secondRow + 2],
        count);
  }

  @Override
  public void copyPixels(
      int row, int at, Rows from, int fromAt, int pixels, int channels, int step) {
    float[] source = ((FloatRows) from).rows[0];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int pixelAt = fromAt + pixel * step * channels;
      System.arraycopy(source, pixelAt, rows[row], at + pixel * channels, channels);
    }
  }

  @Override
  public void softmax(int row, int at, int count, int stride, boolean log) {
    FloatLoops.softmax(rows[row], at, at + count * stride, stride, log);
  }

  @Override
  public void apply(int firstRow, int count, int length, Elementwise function) {
    if (function == ElementwiseFunction.LINEAR) {
      return;
    }
    for (int row = firstRow; row < firstRow + count; row++) {
      if (function instanceof Elementwise.Relu relu
          && relu.threshold() == 0
          // An infinite slope would make no number of 0.
          && relu.negativeSlope() <= Float.MAX_VALUE) {
        FloatLoops.rectify(
            rows[row], length, (float) relu.negativeSlope(), (float) relu.maxValue());
      } else {
        for (int i = 0; i < length; i++) {
          rows[row][i] = (float) function.apply(rows[row][i]);
        }
      }
    }
  }

  @Override
  public double get(int row, int at) {
    return rows[row][at];
  }

  @Override
  public void combine(BinaryFunction function, int row, Rows other, int otherRow, int count) {
    FloatElements.combine(function, rows[row], ((FloatRows) other).rows[otherRow], count);
  }

  @Override
  public void addMultiple(int row, Rows other, int otherRow, double multiple, int count) {
    FloatElements.addMultiple(
        rows[row], ((FloatRows) other).rows[otherRow], (float) multiple, count);
  }

  @Override
  public void addSquares(int row, Rows other, int otherRow, int count) {
    FloatElements.addSquares(rows[row], ((FloatRows) other).rows[otherRow], count);
  }

  @Override
  public void multiplyAdd(
      int row, Rows factors, int factorsRow, Rows terms, int termsRow, int count) {
    FloatElements.multiplyAdd(
        rows[row],
        ((FloatRows) factors).rows[factorsRow],
        ((FloatRows) terms).rows[termsRow],
        count);
  }

  @Override
  public void replaceNaN(int row, int count, double value) {
    FloatElements.replaceNaN(rows[row], (float) value, count);
  }

  @Override
  public void scaleNegative(int row, Rows slopes, int slopesRow, int count) {
    FloatElements.scaleNegative(rows[row], ((FloatRows) slopes).rows[slopesRow], count);
  }

  @Override
  public double fold(BinaryFunction function, int row, int count) {
    return FloatElements.fold(function, rows[row], count);
  }

  @Override
  public void repeat(int row, int period, int count) {
    float[] target = rows[row];
    for (int done = Math.min(period, count); done < count; ) {
      int more = Math.min(done, count - done);
      System.arraycopy(target, 0, target, done, more);
      done += more;
    }
  }

  @Override
  public void spread(int row, Rows from, int fromRow, int count, int times) {
    float[] source = ((FloatRows) from).rows[fromRow];
    for (int i = 0; i < count; i++) {
      Arrays.fill(rows[row], i * times, (i + 1) * times, source[i]);
    }
  }

  @Override
  public void addPixels(
      int row,
      int firstOutput,
      int pixels,
      Rows from,
      int firstInput,
      ResizeWeights interpolation,
      int tap,
      int channels) {
    float[] source = ((FloatRows) from).rows[0];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int output = firstOutput + pixel;
      FloatElements.addMultipleAt(
          rows[row],
          pixel * channels,
          source,
          (interpolation.input(output, tap) - firstInput) * channels,
          (float) interpolation.weight(output, tap),
          channels);
    }
  }
}
