package org.conv4j.stream;

import org.conv4j.tensor.Tensor;

/** Frames in a tensor, without loss. A stream has one, which it sets for each call. */
final class TensorFrames implements Frames {
  private final double[] some = new double[512];
  private Tensor tensor;

  TensorFrames set(Tensor newTensor) {
    tensor = newTensor;
    return this;
  }

  @Override
  public void read(int first, Tensor target, int at, int count) {
    copy(tensor, first, target, at, count);
  }

  @Override
  public void write(int first, Tensor source, int at, int count) {
    copy(source, at, tensor, first, count);
  }

  private void copy(Tensor source, int from, Tensor target, int to, int count) {
    for (int done = 0; done < count; done += some.length) {
      int next = Math.min(some.length, count - done);
      source.read(from + done, some, 0, next);
      target.write(to + done, some, 0, next);
    }
  }
}
