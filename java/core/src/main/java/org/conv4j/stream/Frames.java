package org.conv4j.stream;

import org.conv4j.tensor.Tensor;

/** A caller's frames, in whatever they are. Copying allocates nothing. */
interface Frames {
  /** Copies some of them to a tensor. */
  void read(int first, Tensor target, int at, int count);

  /** Overwrites some of them by elements of a tensor. */
  void write(int first, Tensor source, int at, int count);
}
