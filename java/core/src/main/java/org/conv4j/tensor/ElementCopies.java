package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.DoubleUnaryOperator;

/** Copies elements out of and into a tensor's buffer, which holds floats or doubles. */
final class ElementCopies {
  /**
   * Elements are converted in an array of this many, which is several times as fast as to access a
   * buffer for each while the JVM is still warming up. It is garbage afterwards, so it is small.
   */
  private static final int PIECE = 256;

  private ElementCopies() {}

  static double get(Buffer elements, int index) {
    return elements instanceof FloatBuffer floats
        ? floats.get(index)
        : ((DoubleBuffer) elements).get(index);
  }

  /** Replaces each element by a function of it. */
  static void transform(Buffer elements, DoubleUnaryOperator function) {
    if (elements instanceof FloatBuffer floats) {
      for (int i = 0; i < floats.capacity(); i++) {
        floats.put(i, (float) function.applyAsDouble(floats.get(i)));
      }
    } else {
      DoubleBuffer doubles = (DoubleBuffer) elements;
      for (int i = 0; i < doubles.capacity(); i++) {
        doubles.put(i, function.applyAsDouble(doubles.get(i)));
      }
    }
  }

  /** Copies some elements to an array, as fast as a JVM that has just started can. */
  static void read(Buffer elements, int begin, double[] target, int at, int count) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.get(begin, target, at, count);
      return;
    }
    FloatBuffer floats = (FloatBuffer) elements;
    float[] piece = new float[Math.min(count, PIECE)];
    for (int done = 0; done < count; done += PIECE) {
      int length = Math.min(PIECE, count - done);
      floats.get(begin + done, piece, 0, length);
      for (int i = 0; i < length; i++) {
        target[at + done + i] = piece[i];
      }
    }
  }

  /** Copies some elements to an array; allocates nothing. */
  static void read(Buffer elements, int begin, float[] target, int at, int count) {
    if (elements instanceof FloatBuffer floats) {
      floats.get(begin, target, at, count);
      return;
    }
    DoubleBuffer doubles = (DoubleBuffer) elements;
    for (int i = 0; i < count; i++) {
      target[at + i] = (float) doubles.get(begin + i);
    }
  }

  /** Copies all elements to where a buffer is; allocates nothing. */
  static void read(Buffer elements, FloatBuffer target) {
    int count = elements.capacity();
    if (elements instanceof FloatBuffer floats) {
      target.put(target.position(), floats, 0, count);
    } else {
      DoubleBuffer doubles = (DoubleBuffer) elements;
      for (int i = 0; i < count; i++) {
        target.put(target.position() + i, (float) doubles.get(i));
      }
    }
    target.position(target.position() + count);
  }

  /** Copies all elements to where a buffer is; allocates nothing. */
  static void read(Buffer elements, DoubleBuffer target) {
    int count = elements.capacity();
    if (elements instanceof DoubleBuffer doubles) {
      target.put(target.position(), doubles, 0, count);
    } else {
      FloatBuffer floats = (FloatBuffer) elements;
      for (int i = 0; i < count; i++) {
        target.put(target.position() + i, floats.get(i));
      }
    }
    target.position(target.position() + count);
  }

  /** Copies all elements as bytes, in the target's byte order. */
  static void read(Buffer elements, ByteBuffer target) {
    int bytes = elements.capacity();
    if (elements instanceof FloatBuffer) {
      read(elements, target.slice().order(target.order()).asFloatBuffer());
      bytes *= Float.BYTES;
    } else {
      read(elements, target.slice().order(target.order()).asDoubleBuffer());
      bytes *= Double.BYTES;
    }
    target.position(target.position() + bytes);
  }

  /** Overwrites some elements by those of an array, as fast as in {@link #read}. */
  static void write(Buffer elements, int begin, double[] values, int at, int count) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.put(begin, values, at, count);
      return;
    }
    FloatBuffer floats = (FloatBuffer) elements;
    float[] piece = new float[Math.min(count, PIECE)];
    for (int done = 0; done < count; done += PIECE) {
      int length = Math.min(PIECE, count - done);
      for (int i = 0; i < length; i++) {
        piece[i] = (float) values[at + done + i];
      }
      floats.put(begin + done, piece, 0, length);
    }
  }

  /** Overwrites some elements by those of an array; allocates nothing. */
  static void write(Buffer elements, int begin, float[] values, int at, int count) {
    if (elements instanceof FloatBuffer floats) {
      floats.put(begin, values, at, count);
      return;
    }
    DoubleBuffer doubles = (DoubleBuffer) elements;
    for (int i = 0; i < count; i++) {
      doubles.put(begin + i, values[at + i]);
    }
  }

  /** Overwrites all elements by those that come next in a buffer; allocates nothing. */
  static void write(Buffer elements, FloatBuffer source) {
    int count = elements.capacity();
    if (elements instanceof FloatBuffer floats) {
      floats.put(0, source, source.position(), count);
    } else {
      DoubleBuffer doubles = (DoubleBuffer) elements;
      for (int i = 0; i < count; i++) {
        doubles.put(i, source.get(source.position() + i));
      }
    }
    source.position(source.position() + count);
  }

  /** Overwrites all elements by those that come next in a buffer; allocates nothing. */
  static void write(Buffer elements, DoubleBuffer source) {
    int count = elements.capacity();
    if (elements instanceof DoubleBuffer doubles) {
      doubles.put(0, source, source.position(), count);
    } else {
      FloatBuffer floats = (FloatBuffer) elements;
      for (int i = 0; i < count; i++) {
        floats.put(i, (float) source.get(source.position() + i));
      }
    }
    source.position(source.position() + count);
  }

  /** Overwrites all elements by bytes in the source's byte order. */
  static void write(Buffer elements, ByteBuffer source) {
    int bytes = elements.capacity();
    if (elements instanceof FloatBuffer) {
      write(elements, source.slice().order(source.order()).asFloatBuffer());
      bytes *= Float.BYTES;
    } else {
      write(elements, source.slice().order(source.order()).asDoubleBuffer());
      bytes *= Double.BYTES;
    }
    source.position(source.position() + bytes);
  }
}
