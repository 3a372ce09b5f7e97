package org.conv4j.portable.tiles;

import org.conv4j.tensor.Tensor;

/** An op cut into parts that can be computed in any order, at the same time. Immutable. */
public interface Tiles {
  /** The number of parts. */
  int count();

  /** Makes the buffers that one thread needs to compute parts. */
  Worker newWorker();

  /** One thread's buffers. */
  interface Worker {
    /** Computes one part of the output from the op's inputs. */
    void run(int tile, Tensor[] inputs, Tensor output);
  }
}
