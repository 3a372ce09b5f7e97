package org.conv4j.portable.rows;

import org.conv4j.activation.Elementwise;
import org.conv4j.function.BinaryFunction;
import org.conv4j.op.ResizeWeights;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Rows of numbers of one type, each an array of its own, and the loops over them. HotSpot's
 * compiler vectorises a loop over several arrays only if it reads and writes all of them at the
 * same index, hence the arrays. Operands of one call have the same type.
 *
 * <p>Not thread-safe, except that rows which nobody changes may be read by all.
 */
public abstract class Rows {
  /** How many rows of the second operand one step of {@link #addProducts} takes. */
  public static final int DEPTH = 3;

  /** How many rows {@link #addProducts} adds to at most. */
  public static final int BLOCK = 3;

  /** Allocates rows of zeros. */
  public static Rows allocate(DataType dataType, int count, int length) {
    return switch (dataType) {
      case FLOAT32 -> new FloatRows(count, length);
      case FLOAT64 -> new DoubleRows(count, length);
    };
  }

  /** Returns one number. */
  public abstract double get(int row, int at);

  /** Sets one number. */
  public abstract void set(int row, int at, double value);

  /** Sets part of neighbouring rows to a number. */
  public abstract void fill(int firstRow, int rows, int at, int count, double value);

  /** Lets a row be a row of others, without copying. */
  public abstract void share(int row, Rows other, int otherRow);

  /** Copies part of a row; the target's array must be its own. */
  public abstract void copy(int row, int at, Rows from, int fromRow, int fromAt, int count);

  /** Copies from a tensor. */
  public abstract void read(Tensor tensor, int from, int row, int at, int count);

  /** Copies to a tensor. */
  public abstract void write(Tensor tensor, int to, int row, int at, int count);

  /**
   * Takes interleaved rows apart: element {@code at + i} of row {@code firstRow + r} becomes
   * element {@code fromAt + i * stride + r} of another row.
   */
  public abstract void gather(
      int firstRow, int rows, int at, int count, Rows from, int fromRow, int fromAt, int stride);

  /**
   * Interleaves rows: element {@code toAt + i * stride + r} of another row becomes element {@code
   * at + i} of row {@code firstRow + r}.
   */
  public abstract void scatter(
      int firstRow, int rows, int at, int count, Rows to, int toRow, int toAt, int stride);

  /**
   * Adds to up to {@link #BLOCK} rows multiples of other rows. The multiples are stored in the
   * order of use: for each {@link #DEPTH} of the other rows, for each row added to, one for each of
   * them.
   *
   * @param firstRow the first row added to
   * @param rows the number of rows added to
   * @param others holds the rows to multiply
   * @param firstOther the first of them
   * @param depth the number of them, a multiple of {@link #DEPTH}
   * @param multiples holds the multiples
   * @param multiplesRow in which row
   * @param multiplesAt from which element on
   * @param count the number of elements of each row
   */
  public abstract void addProducts(
      int firstRow,
      int rows,
      Rows others,
      int firstOther,
      int depth,
      Rows multiples,
      int multiplesRow,
      int multiplesAt,
      int count);

  /**
   * Replaces some numbers of a row, {@code stride} apart, by their softmax, computed in double
   * precision.
   */
  public abstract void softmax(int row, int at, int count, int stride, boolean log);

  /**
   * Stores neighbouring numbers as multiples for {@link #addProducts}.
   *
   * @param row the row of multiples
   * @param firstDepth the row to multiply that the first number is for; the others are for the next
   * @param position which row they add to, counted from 0
   * @param rows the number of rows added to
   * @param from holds the numbers, from the begin of its row 0 on
   * @param count how many
   */
  public abstract void interleave(
      int row, int firstDepth, int position, int rows, Rows from, int count);

  /**
   * Adds to a row the products of other rows, element by element: {@link #DEPTH} rows of one with
   * as many of the other.
   */
  public abstract void addElementProducts(
      int row, Rows first, int firstRow, Rows second, int secondRow, int count);

  /**
   * Copies every {@code step}-th pixel.
   *
   * @param row the row to write
   * @param at where
   * @param from holds the pixels in its row 0
   * @param fromAt where the first starts
   * @param pixels how many to copy
   * @param channels the numbers of a pixel
   * @param step the distance of the pixels, in pixels
   */
  public abstract void copyPixels(
      int row, int at, Rows from, int fromAt, int pixels, int channels, int step);

  /** Replaces the begin of a row by a function of it and the begin of another row. */
  public abstract void combine(
      BinaryFunction function, int row, Rows other, int otherRow, int count);

  /** Adds to the begin of a row a multiple of the begin of another row. */
  public abstract void addMultiple(int row, Rows other, int otherRow, double multiple, int count);

  /** Adds to the begin of a row the squares of the begin of another row. */
  public abstract void addSquares(int row, Rows other, int otherRow, int count);

  /** Multiplies the begin of a row with that of another row and adds that of a third one. */
  public abstract void multiplyAdd(
      int row, Rows factors, int factorsRow, Rows terms, int termsRow, int n);

  /** Puts a number in the place of each NaN at the begin of a row. */
  public abstract void replaceNaN(int row, int count, double value);

  /** Multiplies negative numbers at the begin of a row with those of another row. */
  public abstract void scaleNegative(int row, Rows slopes, int slopesRow, int count);

  /**
   * Makes one number of the begin of a row, which is lost, by a function that may take them in any
   * order.
   */
  public abstract double fold(BinaryFunction function, int row, int count);

  /** Fills a row from its first numbers on with repetitions of them. */
  public abstract void repeat(int row, int period, int count);

  /** Fills a row with numbers of another one, each repeated some times. */
  public abstract void spread(int row, Rows from, int fromRow, int count, int times);

  /**
   * Adds to each of some pixels its multiple of the pixel that an interpolation names.
   *
   * @param row holds the pixels to add to, from its begin on
   * @param firstOutput which of the interpolation's outputs the first one is
   * @param pixels how many they are
   * @param from holds the others in its row 0
   * @param firstInput which of the interpolation's inputs starts there
   * @param interpolation names the pixels and their multiples
   * @param tap which of those of each output
   * @param channels the numbers of a pixel
   */
  public abstract void addPixels(
      int row,
      int firstOutput,
      int pixels,
      Rows from,
      int firstInput,
      ResizeWeights interpolation,
      int tap,
      int channels);

  /** Applies a function to the begin of neighbouring rows. */
  public abstract void apply(int firstRow, int rows, int count, Elementwise function);
}
