package org.conv4j.frames;

import java.util.ArrayList;
import java.util.List;

/**
 * A network that makes a frame of the output of every frame of the signal, in float32. Values are
 * numbered: 0 is the signal, and step by step one more follows.
 *
 * @param channels by value, the elements of a frame
 * @param steps in the order they run; each makes the next value
 * @param rings what is kept of the past
 * @param output the value that is returned
 */
public record FrameProgram(
    List<Integer> channels, List<FrameStep> steps, List<FrameRing> rings, int output) {
  /** In front of the rings of a state there are their numbers, and behind them this much room. */
  private static final int ROOM = 16;

  /**
   * Copies the lists.
   *
   * @param channels see {@link #channels}
   * @param steps see {@link #steps}
   * @param rings see {@link #rings}
   * @param output see {@link #output}
   */
  public FrameProgram {
    channels = List.copyOf(channels);
    steps = List.copyOf(steps);
    rings = List.copyOf(rings);
  }

  /**
   * Returns where in a state the rings are. A state begins with a number for each ring, which says
   * which of its frames is the oldest; then come the rings' frames.
   *
   * @return by ring, its first element
   */
  public List<Integer> places() {
    List<Integer> places = new ArrayList<>();
    long place = rings.size();
    for (FrameRing ring : rings) {
      places.add(Math.toIntExact(place));
      place += elements(ring);
    }
    return places;
  }

  /**
   * Returns the size of a state.
   *
   * @return elements; the last ones belong to no ring, so that whole vectors can be read
   */
  public int stateElements() {
    long elements = rings.size() + (long) ROOM;
    for (FrameRing ring : rings) {
      elements += elements(ring);
    }
    return Math.toIntExact(elements);
  }

  private long elements(FrameRing ring) {
    return (long) ring.frames() * channels.get(ring.value());
  }
}
