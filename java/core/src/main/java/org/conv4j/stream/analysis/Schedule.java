package org.conv4j.stream.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.conv4j.error.NotStreamableException;
import org.conv4j.op.Recurrence;
import org.conv4j.shape.Shape;

/**
 * When which frames of which value are final, and what of the past is still needed then. A value
 * has a rate, which is its frames for a period of the signal; a start, which is when its first
 * frame is due; and with both, how far it looks ahead.
 *
 * <p>Everything follows from what the ops of the program {@linkplain org.conv4j.op.Op#reads say
 * that they read}.
 */
public final class Schedule {
  /** In the place of an operand: what a recurrence goes on with. */
  static final int STATES = -1;

  private final TimedProgram program;
  private final int period;

  private final Rates rates;

  private final Map<Integer, Timing> timings = new HashMap<>();

  /** As soon as the frames that they follow from are there, even before the signal begins. */
  private final Map<Integer, Timing> earliest = new HashMap<>();

  private final List<History> histories = new ArrayList<>();

  /** By the value that a step writes and its operand, the history that it needs. */
  private final Map<List<Integer>, Integer> needed = new HashMap<>();

  /** Values that somebody reads behind padding: their first frame begins a chunk. */
  private final TreeSet<Integer> exact = new TreeSet<>();

  private final long receptiveField;
  private final long latency;

  /**
   * Analyses a program.
   *
   * @param program for a signal of twice {@link Lowerings#LENGTH}
   * @param lookAhead whether it may look ahead
   */
  public Schedule(TimedProgram program, boolean lookAhead) {
    this.program = program;
    rates = new Rates(program);
    period = rates.period();
    timings.put(0, Timing.signal().over(period));
    earliest.put(0, timings.get(0));
    for (TimedStep step : program.steps()) {
      if (step.hasTime()) {
        check(step);
        List<Relation> relations = relations(step);
        for (int i = 0; i < relations.size(); i++) {
          if (relations.get(i) != null && relations.get(i).isPadded()) {
            exact.add(step.step().inputs().get(i));
          }
        }
        if (step.isRecurrent()) {
          exact.add(step.step().output());
        }
      }
    }
    for (TimedStep step : program.steps()) {
      if (step.hasTime()) {
        schedule(step, relations(step));
      }
    }
    receptiveField = ReceptiveField.of(program, rates);
    int output = program.program().outputs().get(0);
    latency = latency(timings.get(output));
    if (!lookAhead && isAhead(output)) {
      throw new NotStreamableException(
          "The network cannot be streamed without delay: layer '%s' looks ahead, and frames come %d frames late in all. Ask for StreamOptions.withLookAhead(true) to accept that."
              .formatted(firstAhead(), latency));
    }
  }

  private long rate(TimedStep step) {
    return rates.of(step.step().output());
  }

  private long middle(TimedStep step) {
    return middle(step.step().output());
  }

  private void check(TimedStep step) {
    long origin = middle(step);
    for (int i = 0; i < step.operands().size(); i++) {
      if (!step.operands().get(i).hasTime() && !step.readsWhole(i, origin, origin + rate(step))) {
        throw step.refusal("it reads another part of a constant for each frame");
      }
    }
    if (!step.readsWholeConstants(origin, origin + rate(step))) {
      throw step.refusal("its weights differ from frame to frame");
    }
  }

  /** By operand; null for those without time. */
  private List<Relation> relations(TimedStep step) {
    List<Relation> relations = new ArrayList<>();
    for (int i = 0; i < step.operands().size(); i++) {
      FrameAxis axis = step.operands().get(i);
      relations.add(
          axis.hasTime()
              ? Relation.of(
                  step,
                  i,
                  rates.periods(),
                  rate(step),
                  axis.frames() * rates.of(step.step().inputs().get(i)))
              : null);
    }
    long origin = middle(step);
    if (!step.on(origin, origin + rate(step))
        .equals(step.on(origin + rate(step), origin + 2 * rate(step)))) {
      throw step.refusal("it does not do the same at all times");
    }
    return relations;
  }

  private void schedule(TimedStep step, List<Relation> relations) {
    int value = step.step().output();
    earliest.put(value, timing(step, relations, earliest));
    Timing timing = timing(step, relations, timings);
    long late = Math.max(0, timing.count(2 * Lowerings.LENGTH) - step.frames());
    for (int i = 0; i < relations.size(); i++) {
      if (relations.get(i) != null) {
        late = Math.max(late, timing.count(source(step, i).start()));
      }
    }
    timing = timing.heldBack(late);
    if (exact.contains(value)) {
      timing = timing.heldBack(Math.max(0, timing.count(timing.start())));
    }
    timings.put(value, timing);
    for (int i = 0; i < relations.size(); i++) {
      if (relations.get(i) != null) {
        remember(step, i, relations.get(i), timing);
      }
    }
    if (step.isRecurrent()) {
      Recurrence op = (Recurrence) step.op();
      needed.put(List.of(value, STATES), histories.size());
      histories.add(History.ofStates(value, op.cell().states(), op.units()));
    }
  }

  private Timing source(TimedStep step, int operand) {
    return timings.get(step.step().inputs().get(operand));
  }

  private Timing timing(TimedStep step, List<Relation> relations, Map<Integer, Timing> sources) {
    long[] counts = new long[period];
    for (int phase = 0; phase < period; phase++) {
      counts[phase] = count(step, relations, there(step, sources, phase));
    }
    return new Timing(period, rate(step), counts);
  }

  /** By operand, how many frames of it there are, as the step counts them. */
  private static long[] there(TimedStep step, Map<Integer, Timing> sources, int phase) {
    long[] there = new long[step.operands().size()];
    for (int i = 0; i < there.length; i++) {
      FrameAxis axis = step.operands().get(i);
      if (axis.hasTime()) {
        there[i] = axis.frames() * sources.get(step.step().inputs().get(i)).count(phase);
      }
    }
    return there;
  }

  /** The most frames whose operands are all there. */
  private long count(TimedStep step, List<Relation> relations, long[] there) {
    long least = -middle(step) + 1;
    long most = middle(step) - 1;
    while (least < most) {
      long middle = Math.floorDiv(least + most + 1, 2L);
      if (isFinal(relations, there, middle - 1)) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    return least;
  }

  private static boolean isFinal(List<Relation> relations, long[] there, long frame) {
    for (int i = 0; i < there.length; i++) {
      if (relations.get(i) != null && relations.get(i).end(frame) > there[i]) {
        return false;
      }
    }
    return true;
  }

  private void remember(TimedStep step, int operand, Relation relation, Timing timing) {
    FrameAxis axis = step.operands().get(operand);
    long kept = 0;
    for (int phase = 0; phase < period; phase++) {
      long there = axis.frames() * source(step, operand).count(phase);
      kept = Math.max(kept, there - relation.first(timing.count(phase)));
    }
    if (kept > Lowerings.LENGTH / 4) {
      throw step.refusal(
          "it needs more than %d frames of the past".formatted(Lowerings.LENGTH / 4));
    }
    if (kept > 0) {
      remember(step, operand, relation, kept);
    }
  }

  private void remember(TimedStep step, int operand, Relation relation, long kept) {
    int value = step.step().inputs().get(operand);
    FrameAxis axis = step.operands().get(operand);
    Shape read = step.op().inputs().get(operand);
    int index = 0;
    while (index < histories.size()
        && !histories.get(index).holds(value, axis, read, relation.padding())) {
      index++;
    }
    if (index < histories.size()) {
      histories.set(index, histories.get(index).withAtLeast(kept, relation.isPadded()));
    } else {
      Shape shape = read.withDim(axis.axis(), kept);
      histories.add(new History(value, axis, shape, relation.isPadded(), relation.padding()));
    }
    needed.put(List.of(step.step().output(), operand), index);
  }

  private long latency(Timing output) {
    long most = 0;
    for (long frame = output.rate() * rates.periods();
        frame < output.rate() * (rates.periods() + 1);
        frame++) {
      long own = frame * period / output.rate();
      most = Math.max(most, output.arrival(frame + 1) - own - 1);
    }
    return most;
  }

  /** Whether frames of a value come late, and the last ones only after the signal has ended. */
  private boolean isAhead(int value) {
    Timing timing = earliest.get(value);
    return program.frames(value) > timing.count(2 * Lowerings.LENGTH) && latency(timing) > 0;
  }

  /** The frames of the output that a signal that ends leaves to be flushed. */
  public long tail() {
    int output = program.program().outputs().get(0);
    long there = timings.get(output).count(2 * Lowerings.LENGTH);
    return (program.frames(output) - there) * program.output().frames();
  }

  /**
   * Checks that a signal that ends is padded at its begin as one that goes on. Keras pads by the
   * length where that is no multiple of a stride.
   */
  public void requireSamePadding(TimedProgram whole, long signalFrames) {
    if (whole.steps().size() != program.steps().size()) {
      throw new NotStreamableException(
          "A signal of %d frames is another network than a longer one.".formatted(signalFrames));
    }
    for (int i = 0; i < program.steps().size(); i++) {
      TimedStep step = program.steps().get(i);
      if (step.hasTime()
          && !Relation.padBegin(step).equals(Relation.padBegin(whole.steps().get(i)))) {
        throw step.refusal(
            "the padding at the begin of a signal depends on its length, which is no multiple of %d but %d"
                .formatted(period, signalFrames));
      }
    }
  }

  private String firstAhead() {
    for (TimedStep step : program.steps()) {
      if (step.hasTime() && isAhead(step.step().output())) {
        return step.step().layer();
      }
    }
    return "output";
  }

  public TimedProgram program() {
    return program;
  }

  /** After how many frames of the signal everything repeats. */
  public int period() {
    return period;
  }

  public long receptiveField() {
    return receptiveField;
  }

  public long latency() {
    return latency;
  }

  public List<History> histories() {
    return histories;
  }

  /** How many elements all histories have. */
  public long stateElements() {
    long elements = 0;
    for (History history : histories) {
      elements += history.shape().elementCount();
    }
    return elements;
  }

  /** Which history an operand of a step needs, by the value that the step writes; -1 for none. */
  public int history(int output, int operand) {
    return needed.getOrDefault(List.of(output, operand), -1);
  }

  /** The first frame of a value behind the middle of the program's signal. */
  public long middle(int value) {
    return rates.middle(value);
  }

  public Timing timing(int value) {
    return timings.get(value);
  }

  /** When the first frame of values is due that a chunk must begin with, in ascending order. */
  public long[] starts() {
    TreeSet<Long> starts = new TreeSet<>();
    for (int value : exact) {
      long start = timings.get(value).start();
      if (start > 0) {
        starts.add(start);
      }
    }
    return starts.stream().mapToLong(Long::longValue).toArray();
  }

  /** When nothing that is remembered reaches in front of the signal any more. */
  public long settled() {
    long settled = lastStart();
    for (History history : histories) {
      long frames = history.frames() / history.axis().frames() + 1;
      settled = Math.max(settled, timings.get(history.value()).arrival(frames));
    }
    return settled;
  }

  /** When the first frames of all values are due. */
  public long lastStart() {
    long last = 0;
    for (Timing timing : timings.values()) {
      last = Math.max(last, timing.start());
    }
    return last;
  }
}
