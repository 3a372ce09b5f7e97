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
 * @param places by ring, where in a state its frames are. A state begins with a number for each
 *     ring, which says which of its frames is the oldest; then come the rings' frames
 * @param output the value that is returned
 */
public record FrameProgram(
    List<Integer> channels,
    List<FrameStep> steps,
    List<FrameRing> rings,
    List<Integer> places,
    int output) {
  /** Behind the rings of a state. */
  private static final int ROOM = 16;

  /**
   * Copies the lists.
   *
   * @param channels see {@link #channels}
   * @param steps see {@link #steps}
   * @param rings see {@link #rings}
   * @param places see {@link #places}
   * @param output see {@link #output}
   */
  public FrameProgram {
    channels = List.copyOf(channels);
    steps = List.copyOf(steps);
    rings = List.copyOf(rings);
    places = List.copyOf(places);
  }

  /**
   * Lays out a state.
   *
   * @param channels see {@link #channels}
   * @param steps see {@link #steps}
   * @param rings see {@link #rings}
   * @param output see {@link #output}
   * @return the program
   */
  public static FrameProgram of(
      List<Integer> channels, List<FrameStep> steps, List<FrameRing> rings, int output) {
    List<Integer> places = new ArrayList<>();
    long place = rings.size();
    for (FrameRing ring : rings) {
      places.add(Math.toIntExact(place));
      place += (long) ring.frames() * channels.get(ring.value());
    }
    return new FrameProgram(channels, steps, rings, places, output);
  }

  /**
   * Returns the size of a state.
   *
   * @return elements; the last ones belong to no ring, so that whole vectors can be read
   */
  public int stateElements() {
    int last = rings.size() - 1;
    if (last < 0) {
      return ROOM;
    }
    FrameRing ring = rings.get(last);
    return Math.addExact(
        places.get(last) + ROOM, Math.multiplyExact(ring.frames(), channels.get(ring.value())));
  }
}
