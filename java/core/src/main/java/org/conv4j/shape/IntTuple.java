package org.conv4j.shape;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** An immutable tuple of integers with one entry for each spatial dimension (or axis). */
public final class IntTuple {
  private final int[] values;

  private IntTuple(int[] values) {
    this.values = values;
  }

  /**
   * Returns the tuple of the given values.
   *
   * @param values the entries, in the order of the dimensions
   * @return the tuple
   */
  public static IntTuple of(int... values) {
    return new IntTuple(values.clone());
  }

  /**
   * Returns a tuple of equal entries.
   *
   * @param size the number of entries
   * @param value their value
   * @return the tuple
   */
  public static IntTuple filled(int size, int value) {
    int[] values = new int[size];
    Arrays.fill(values, value);
    return new IntTuple(values);
  }

  /**
   * Returns a tuple whose entries are computed from their positions.
   *
   * @param size the number of entries
   * @param entry gives the entry at a position
   * @return the tuple
   */
  public static IntTuple generate(int size, IntUnaryOperator entry) {
    int[] values = new int[size];
    Arrays.setAll(values, entry);
    return new IntTuple(values);
  }

  /**
   * Returns the number of entries.
   *
   * @return the size
   */
  public int size() {
    return values.length;
  }

  /**
   * Returns one entry.
   *
   * @param index its position
   * @return its value
   */
  public int get(int index) {
    return values[index];
  }

  /**
   * Returns whether every entry has the given value.
   *
   * @param value the value
   * @return true if so, also for an empty tuple
   */
  public boolean all(int value) {
    for (int entry : values) {
      if (entry != value) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether an entry equals a value.
   *
   * @param value the value
   * @return true if one does
   */
  public boolean contains(int value) {
    for (int entry : values) {
      if (entry == value) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the smallest entry.
   *
   * @return the minimum
   */
  public int min() {
    return IntStream.of(values).min().orElseThrow();
  }

  /**
   * Returns the largest entry.
   *
   * @return the maximum
   */
  public int max() {
    return IntStream.of(values).max().orElseThrow();
  }

  /**
   * Returns this tuple with another entry before the first.
   *
   * @param value the new first entry
   * @return the longer tuple
   */
  public IntTuple prepend(int value) {
    return generate(values.length + 1, i -> i == 0 ? value : values[i - 1]);
  }

  /**
   * Returns the entries.
   *
   * @return a copy
   */
  public int[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntTuple tuple && Arrays.equals(values, tuple.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Returns the tuple as Keras prints it, for example {@code (3, 3)}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "(", values.length == 1 ? ",)" : ")");
    for (int value : values) {
      text.add(Integer.toString(value));
    }
    return text.toString();
  }
}
