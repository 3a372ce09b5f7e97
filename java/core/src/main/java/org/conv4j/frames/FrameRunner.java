package org.conv4j.frames;

import org.conv4j.tensor.Tensor;

/** One thread's memory to run a program of frames. Allocates nothing when it runs. */
public interface FrameRunner extends AutoCloseable {
  /**
   * Returns where the frames of the signals are to be written.
   *
   * @return a float32 tensor of as many frames as a run takes; the frames of the first stream come
   *     first. It belongs to the runner
   */
  Tensor signal();

  /**
   * Returns where the output's frames are after a run.
   *
   * @return a float32 tensor as {@link #signal}
   */
  Tensor result();

  /**
   * Sets the stream that a run is for, or one of several.
   *
   * @param index its place among the streams of a run, less than a run takes frames
   * @param state what it keeps, see {@link FrameProgram#stateElements}; open until the run has
   *     ended
   * @param position how many frames of the signal it has had
   */
  void set(int index, Tensor state, long position);

  /**
   * Computes the output's frames and what the states become.
   *
   * @param streams how many streams were set
   * @param frames how many frames each has; all together at most as many as a run takes
   */
  void run(int streams, int frames);

  /** Frees the memory. A second call does nothing. */
  @Override
  void close();
}
