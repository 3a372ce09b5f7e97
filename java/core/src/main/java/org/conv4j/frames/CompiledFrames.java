package org.conv4j.frames;

/**
 * A program of frames, compiled by an engine. Immutable, safe for any thread, owner of its packed
 * weights. What it returns for a frame does not depend on how many frames a call gives.
 */
public interface CompiledFrames extends AutoCloseable {
  /**
   * Returns how many frames a call takes at most, of all streams together.
   *
   * @return at least 1
   */
  int block();

  /**
   * Makes what one thread needs to run it.
   *
   * @return the runner, which the caller closes before this
   */
  FrameRunner newRunner();

  /** Frees the weights. A second call does nothing. */
  @Override
  void close();
}
