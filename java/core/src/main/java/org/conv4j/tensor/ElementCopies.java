package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.tensor.internal.ElementAccess;

/**
 * Copies elements out of and into a tensor's buffer. Floats and doubles have ways of their own; all
 * others are converted one at a time.
 */
final class ElementCopies {
  /**
   * Elements are converted in an array of this many, which is several times as fast as to access a
   * buffer for each while the JVM is still warming up. It is garbage afterwards, so it is small.
   */
  private static final int PIECE = 256;

  private ElementCopies() {}

  /** Replaces each element by a function of it. */
  static void transform(ElementAccess access, Buffer elements, DoubleUnaryOperator function) {
    for (int i = 0; i < elements.capacity(); i++) {
      access.put(elements, i, function.applyAsDouble(access.get(elements, i)));
    }
  }

  /** Copies some elements to an array, as fast as a JVM that has just started can. */
  static void read(
      ElementAccess access, Buffer elements, int begin, double[] target, int at, int count) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.get(begin, target, at, count);
      return;
    }
    if (!(elements instanceof FloatBuffer floats)) {
      for (int i = 0; i < count; i++) {
        target[at + i] = access.get(elements, begin + i);
      }
      return;
    }
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
  static void read(
      ElementAccess access, Buffer elements, int begin, float[] target, int at, int count) {
    if (elements instanceof FloatBuffer floats) {
      floats.get(begin, target, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[at + i] = (float) access.get(elements, begin + i);
    }
  }

  /** Copies all elements to where a buffer is; allocates nothing. */
  static void read(ElementAccess access, Buffer elements, FloatBuffer target) {
    int count = elements.capacity();
    if (elements instanceof FloatBuffer floats) {
      target.put(target.position(), floats, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        target.put(target.position() + i, (float) access.get(elements, i));
      }
    }
    target.position(target.position() + count);
  }

  /** Copies all elements to where a buffer is; allocates nothing. */
  static void read(ElementAccess access, Buffer elements, DoubleBuffer target) {
    int count = elements.capacity();
    if (elements instanceof DoubleBuffer doubles) {
      target.put(target.position(), doubles, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        target.put(target.position() + i, access.get(elements, i));
      }
    }
    target.position(target.position() + count);
  }

  /** Copies all elements, each as so many bytes, in the target's byte order. */
  static void read(ElementAccess access, Buffer elements, int bytes, ByteBuffer target) {
    int count = elements.capacity();
    int begin = target.position();
    access.copy(elements, 0, access.view(target), 0, count);
    target.position(begin + count * bytes);
  }

  /** Overwrites some elements by those of an array, as fast as in {@link #read}. */
  static void write(
      ElementAccess access, Buffer elements, int begin, double[] values, int at, int count) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.put(begin, values, at, count);
      return;
    }
    if (!(elements instanceof FloatBuffer floats)) {
      for (int i = 0; i < count; i++) {
        access.put(elements, begin + i, values[at + i]);
      }
      return;
    }
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
  static void write(
      ElementAccess access, Buffer elements, int begin, float[] values, int at, int count) {
    if (elements instanceof FloatBuffer floats) {
      floats.put(begin, values, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      access.put(elements, begin + i, values[at + i]);
    }
  }

  /** Overwrites all elements by those that come next in a buffer; allocates nothing. */
  static void write(ElementAccess access, Buffer elements, FloatBuffer source) {
    int count = elements.capacity();
    if (elements instanceof FloatBuffer floats) {
      floats.put(0, source, source.position(), count);
    } else {
      for (int i = 0; i < count; i++) {
        access.put(elements, i, source.get(source.position() + i));
      }
    }
    source.position(source.position() + count);
  }

  /** Overwrites all elements by those that come next in a buffer; allocates nothing. */
  static void write(ElementAccess access, Buffer elements, DoubleBuffer source) {
    int count = elements.capacity();
    if (elements instanceof DoubleBuffer doubles) {
      doubles.put(0, source, source.position(), count);
    } else {
      for (int i = 0; i < count; i++) {
        access.put(elements, i, source.get(source.position() + i));
      }
    }
    source.position(source.position() + count);
  }

  /** Overwrites all elements, each of so many bytes, in the source's byte order. */
  static void write(ElementAccess access, Buffer elements, int bytes, ByteBuffer source) {
    int count = elements.capacity();
    int begin = source.position();
    access.copy(access.view(source), 0, elements, 0, count);
    source.position(begin + count * bytes);
  }

  /** Copies all elements into as many of another kind. */
  static void convert(ElementAccess access, Buffer elements, ElementAccess kind, Buffer copy) {
    double[] piece = new double[PIECE];
    for (int done = 0; done < elements.capacity(); done += PIECE) {
      int length = Math.min(PIECE, elements.capacity() - done);
      read(access, elements, done, piece, 0, length);
      write(kind, copy, done, piece, 0, length);
    }
  }
}
