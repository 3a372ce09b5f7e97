package org.conv4j.frames;

/**
 * A program of frames, compiled by an engine. Immutable, safe for any thread, owner of its packed
 * weights. What it returns for a frame does not depend on how many frames a call gives.
 */
public interface CompiledFrames extends AutoCloseable {
  /**
   * Returns how many frames to run at once, of all streams together, if there are so many.
   *
   * @return at least 1
   */
  int block();

  /**
   * Makes what one thread needs to run it.
   *
   * @param frames how many frames a run takes at most, of all streams together
   * @return the runner, which the caller closes before this
   */
  FrameRunner newRunner(int frames);

  /** Frees the weights. A second call does nothing. */
  @Override
  void close();
}
