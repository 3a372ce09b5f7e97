package org.conv4j.bench.peer;

import java.nio.FloatBuffer;

/** One case in a rival library, ready to run again and again. Not thread-safe. */
public interface PeerRun extends AutoCloseable {
  /**
   * Returns where the input is read from.
   *
   * @return a direct buffer of the input's size, from position 0; the same one each time
   */
  FloatBuffer input();

  /**
   * Returns where the last {@link #run} left the output. A library that makes its result anew each
   * time returns a view of the last one, valid until the next run.
   *
   * @return a direct buffer of the output's size, from position 0
   */
  FloatBuffer output();

  /**
   * Computes the output from the input. This is what is timed.
   *
   * @throws Exception the library's own error
   */
  void run() throws Exception;

  /** Frees what it holds. */
  @Override
  void close();
}
