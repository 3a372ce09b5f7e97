package org.conv4j.bench.record;

/**
 * Who runs a case, and how.
 *
 * @param kind whether it is one of conv4j's engines or a rival
 * @param name the name of the engine or the rival
 * @param problem the id of the case
 * @param threads the number of threads that a run may use
 * @param dataType the type computed with, as NumPy names it
 */
public record Subject(Kind kind, String name, String problem, int threads, String dataType) {
  /** What can run a case. */
  public enum Kind {
    /** One of conv4j's engines. */
    ENGINE,
    /** A rival library. */
    PEER
  }
}
