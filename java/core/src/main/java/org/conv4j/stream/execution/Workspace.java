package org.conv4j.stream.execution;

import org.conv4j.tensor.Tensor;

/** What a thread needs to compute frames: lent to a stream while it is in a call. */
public interface Workspace extends AutoCloseable {
  /**
   * Chooses what to compute next.
   *
   * @param position how many frames of the signal there were
   * @param frames how many more there are
   * @return how many of them are computed next, at least 1
   */
  int choose(long position, int frames);

  /** Where the next frames of the signal go; null if what was chosen reads none. */
  Tensor signal();

  /** Computes what was chosen; the state becomes what it is behind those frames. */
  void run(StreamState state, long position);

  /** Where the output's frames are after a run; null if there are none. */
  Tensor result();

  /** How many there are, those in front of the output's first included. */
  int resultFrames();

  @Override
  void close();
}
