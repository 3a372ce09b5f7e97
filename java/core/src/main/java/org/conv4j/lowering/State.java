package org.conv4j.lowering;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.tensor.ValueType;

/**
 * A value that a session keeps from one run to the next. Steps read what the last run has left;
 * before the first run, all elements are 0. What a run leaves is another value, written by a step,
 * which takes this one's place when the run has ended well.
 *
 * @param value its number, under which steps read it
 * @param type what it is like
 * @param next the number of the value that takes its place: written by a step, no output, of the
 *     same data type and quantization and with as many elements
 */
public record State(int value, ValueType type, int next) {
  /**
   * Checks that the type is there.
   *
   * @param value see {@link #value}
   * @param type see {@link #type}
   * @param next see {@link #next}
   */
  public State {
    InvalidLayerException.requirePresent(type, "The type of a state");
  }

  /**
   * Sets the type.
   *
   * @param other see {@link #type}
   * @return a changed copy
   */
  public State withType(ValueType other) {
    return new State(value, other, next);
  }
}
