package org.conv4j.tensor.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** How the elements of a type are kept in a buffer of their own kind. Stateless. */
public abstract class ElementAccess {
  /** Elements in a {@link FloatBuffer}. */
  public static final ElementAccess FLOATS =
      new ElementAccess() {
        @Override
        public Buffer view(ByteBuffer bytes) {
          return bytes.asFloatBuffer();
        }

        @Override
        public Buffer slice(Buffer elements, int first, int count) {
          return ((FloatBuffer) elements).slice(first, count);
        }

        @Override
        public double get(Buffer elements, int at) {
          return ((FloatBuffer) elements).get(at);
        }

        @Override
        public void put(Buffer elements, int at, double value) {
          ((FloatBuffer) elements).put(at, (float) value);
        }

        @Override
        public void copy(Buffer from, int first, Buffer to, int at, int count) {
          ((FloatBuffer) to).put(at, (FloatBuffer) from, first, count);
        }
      };

  /** Elements in a {@link DoubleBuffer}. */
  public static final ElementAccess DOUBLES =
      new ElementAccess() {
        @Override
        public Buffer view(ByteBuffer bytes) {
          return bytes.asDoubleBuffer();
        }

        @Override
        public Buffer slice(Buffer elements, int first, int count) {
          return ((DoubleBuffer) elements).slice(first, count);
        }

        @Override
        public double get(Buffer elements, int at) {
          return ((DoubleBuffer) elements).get(at);
        }

        @Override
        public void put(Buffer elements, int at, double value) {
          ((DoubleBuffer) elements).put(at, value);
        }

        @Override
        public void copy(Buffer from, int first, Buffer to, int at, int count) {
          ((DoubleBuffer) to).put(at, (DoubleBuffer) from, first, count);
        }
      };

  private ElementAccess() {}

  /**
   * Views bytes as elements.
   *
   * @param bytes the bytes, from the position on, in their own order
   * @return a new buffer
   */
  public abstract Buffer view(ByteBuffer bytes);

  /**
   * Views some of the elements.
   *
   * @param elements a buffer of this kind
   * @param first the first element
   * @param count how many
   * @return a new buffer
   */
  public abstract Buffer slice(Buffer elements, int first, int count);

  /**
   * Returns one element.
   *
   * @param elements a buffer of this kind
   * @param at the element
   * @return its value
   */
  public abstract double get(Buffer elements, int at);

  /**
   * Overwrites one element by the nearest to a value.
   *
   * @param elements a buffer of this kind
   * @param at the element
   * @param value the value
   */
  public abstract void put(Buffer elements, int at, double value);

  /**
   * Copies elements between buffers of this kind, whatever their byte orders are.
   *
   * @param from the source
   * @param first the first element
   * @param to the target
   * @param at where the first goes
   * @param count how many
   */
  public abstract void copy(Buffer from, int first, Buffer to, int at, int count);
}
