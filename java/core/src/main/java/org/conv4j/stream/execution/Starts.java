package org.conv4j.stream.execution;

import org.conv4j.stream.analysis.History;
import org.conv4j.stream.analysis.Schedule;

/** When values begin: no chunk reaches across the begin of one that is read behind padding. */
final class Starts {
  private final Schedule schedule;
  private final long[] starts;
  private final long last;

  Starts(Schedule schedule) {
    this.schedule = schedule;
    starts = schedule.starts();
    last = schedule.lastStart();
  }

  /** How many frames may come next. */
  int limit(long position, int frames) {
    for (int i = 0; position <= last && i < starts.length; i++) {
      if (starts[i] > position) {
        return (int) Math.min(frames, starts[i] - position);
      }
    }
    return frames;
  }

  /** Whether a history is what it was at the beginning, as its value has not begun. */
  boolean isBefore(History history, long position) {
    return position <= last
        && history.padding()
        && schedule.timing(history.value()).count(position) <= 0;
  }
}
