package org.conv4j.lowering;

/** Where a value of a program comes from and how long it lasts. */
public enum ValueKind {
  /** Given by the caller for a run. */
  INPUT,
  /** The same in every run. */
  CONSTANT,
  /** Written by a step, and needed until the last step that reads it. */
  INNER,
  /**
   * Kept by a session from one run to the next, or written by a step to be kept: see {@link State}.
   */
  STATE,
  /** Written by a step into the caller's memory. */
  OUTPUT
}
