package org.conv4j.stream;

import org.conv4j.tensor.Tensor;

/** Frames in an array. A stream has one, which it sets for each call. */
final class ArrayFrames implements Frames {
  private float[] array;
  private int offset;

  ArrayFrames set(float[] newArray, int newOffset) {
    array = newArray;
    offset = newOffset;
    return this;
  }

  @Override
  public void read(int first, Tensor target, int at, int count) {
    target.write(at, array, offset + first, count);
  }

  @Override
  public void write(int first, Tensor source, int at, int count) {
    source.read(at, array, offset + first, count);
  }
}
