package org.conv4j.bench.peer;

import java.util.List;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;

/** A rival library, called as its users would call it when they care for speed. */
public interface Peer {
  /**
   * Returns the name that users select it by.
   *
   * @return a short lower-case name
   */
  String name();

  /**
   * Returns what was measured.
   *
   * @return the library's version
   */
  String version();

  /**
   * Returns whether the buffers of its runs are channels-first. A library that is faster in that
   * layout is measured in it.
   *
   * @return true for {@code (batch, channels, n...)}; false for conv4j's {@code (batch, n...,
   *     channels)}
   */
  default boolean channelsFirst() {
    return false;
  }

  /**
   * Gets a case ready: weights constant, memory allocated.
   *
   * @param benchCase the case
   * @param constants for each op its kernel and, if it has one, its bias, in the layouts that the
   *     ops document; read during this call only
   * @param threads the number of threads that a run may use
   * @return the case, ready to run; the caller closes it
   * @throws Exception the library's own error if it cannot run the case
   */
  PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads) throws Exception;
}
