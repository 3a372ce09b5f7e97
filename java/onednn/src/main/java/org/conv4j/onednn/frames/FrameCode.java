package org.conv4j.onednn.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.frames.FrameProgram;
import org.conv4j.frames.FrameRead;
import org.conv4j.frames.FrameRing;
import org.conv4j.frames.FrameStep;

/** Writes a program of frames as {@code native/src/frames.hpp} describes. */
final class FrameCode {
  private static final int END = 0;
  private static final int INPUT = 1;
  private static final int PRODUCT = 2;
  private static final int FACTORS = 3;
  private static final int MAP = 4;
  private static final int COMBINE = 5;
  private static final int JOIN = 6;
  private static final int PART = 7;
  private static final int KEEP = 8;
  private static final int OUTPUT = 9;

  /** As in native code. */
  private static final int MOST_TAPS = 256;

  /** So that whole vectors can be read where the last row ends. */
  private static final int ROOM = 16;

  private final FrameProgram program;
  private final int lanes;
  private final PackedWeights weights;
  private final List<Integer> code = new ArrayList<>();
  private final Slots slots = new Slots();
  private final int[] places;
  private final int[] lastUse;
  private int gathered;

  private FrameCode(FrameProgram program, int lanes) {
    this.program = program;
    this.lanes = lanes;
    weights = new PackedWeights(lanes);
    places = new int[program.channels().size()];
    lastUse = new int[places.length];
    write();
  }

  /** Returns nothing for programs with functions that native code lacks. */
  static Optional<FrameCode> of(FrameProgram program, int lanes) {
    for (FrameStep step : program.steps()) {
      if (!isKnown(step)) {
        return Optional.empty();
      }
    }
    return Optional.of(new FrameCode(program, lanes));
  }

  private static boolean isKnown(FrameStep step) {
    if (step instanceof FrameStep.Product product) {
      return product.reads().size() <= MOST_TAPS && isKnown(product.activation());
    }
    if (step instanceof FrameStep.Factors factors) {
      return factors.reads().size() <= MOST_TAPS && isKnown(factors.activation());
    }
    if (step instanceof FrameStep.Combination combination) {
      return operation(combination) >= 0 && isKnown(combination.activation());
    }
    return !(step instanceof FrameStep.Function function) || isKnown(function.activation());
  }

  private static boolean isKnown(Elementwise function) {
    return FrameFunction.of(function) != null;
  }

  private static int operation(FrameStep.Combination step) {
    return switch (step.operation()) {
      case ADD -> 0;
      case SUBTRACT -> 1;
      case MULTIPLY -> 2;
      default -> -1;
    };
  }

  int[] code() {
    return code.stream().mapToInt(Integer::intValue).toArray();
  }

  float[] weights() {
    return weights.toArray();
  }

  /** The elements of memory for the values of so many frames. */
  long valueElements(int frames) {
    return (long) frames * slots.size() + ROOM;
  }

  /** The elements of memory for what is gathered for so many frames. */
  long gatheredElements(int frames) {
    return (long) frames * gathered + ROOM;
  }

  private void write() {
    code.add(program.rings().size());
    List<Integer> ringPlaces = program.places();
    for (int i = 0; i < program.rings().size(); i++) {
      FrameRing ring = program.rings().get(i);
      add(ringPlaces.get(i), ring.frames(), program.channels().get(ring.value()), ring.ignored());
    }
    int count = program.steps().size();
    int[] lastRead = findUses();
    place(0);
    add(INPUT, places[0], stride(0), program.channels().get(0));
    keep(-1, lastRead);
    for (int i = 0; i < count; i++) {
      place(i + 1);
      write(program.steps().get(i), i + 1);
      keep(i, lastRead);
      for (int value = 0; value < places.length; value++) {
        if (lastUse[value] == i && value <= i + 1) {
          slots.give(places[value]);
        }
      }
    }
    int output = program.output();
    add(OUTPUT, places[output], stride(output), program.channels().get(output));
    code.add(END);
  }

  /** By ring, the step that reads it last; the step that makes its value if none does. */
  private int[] findUses() {
    int[] lastRead = new int[program.rings().size()];
    for (int ring = 0; ring < lastRead.length; ring++) {
      lastRead[ring] = program.rings().get(ring).value() - 1;
    }
    for (int value = 0; value < lastUse.length; value++) {
      lastUse[value] = value - 1;
    }
    for (int i = 0; i < program.steps().size(); i++) {
      FrameStep step = program.steps().get(i);
      List<FrameRead> reads = new ArrayList<>(step.reads());
      if (step instanceof FrameStep.Product product) {
        product.residual().ifPresent(reads::add);
      }
      for (FrameRead read : reads) {
        lastUse[read.value()] = i;
        if (read.ring() != FrameRead.NONE) {
          lastRead[read.ring()] = i;
        }
      }
    }
    for (int ring = 0; ring < lastRead.length; ring++) {
      int value = program.rings().get(ring).value();
      lastUse[value] = Math.max(lastUse[value], lastRead[ring]);
    }
    lastUse[program.output()] = program.steps().size();
    return lastRead;
  }

  /** What was read last is kept for the next call. */
  private void keep(int step, int[] lastRead) {
    for (int ring = 0; ring < lastRead.length; ring++) {
      if (lastRead[ring] == step) {
        int value = program.rings().get(ring).value();
        add(KEEP, places[value], stride(value), ring);
      }
    }
  }

  private void place(int value) {
    places[value] = slots.take(stride(value));
  }

  private int stride(int value) {
    return (program.channels().get(value) + lanes - 1) / lanes * lanes;
  }

  private void add(int... numbers) {
    for (int number : numbers) {
      code.add(number);
    }
  }

  private void add(FrameRead read) {
    int channels = program.channels().get(read.value());
    add(places[read.value()], stride(read.value()), channels, read.ring(), read.delay());
  }

  private void add(Elementwise activation) {
    FrameFunction function = FrameFunction.of(activation);
    add(function.kind(), weights.rows(new double[] {function.first(), function.second()}, 2));
  }

  private void gather(List<FrameRead> reads, int more) {
    int elements = more;
    for (FrameRead read : reads) {
      elements = Math.addExact(elements, program.channels().get(read.value()));
    }
    gathered = Math.max(gathered, elements);
  }

  private void write(FrameStep step, int value) {
    int channels = program.channels().get(value);
    gather(step.reads(), channels);
    if (step instanceof FrameStep.Product product) {
      add(PRODUCT, places[value], stride(value), stride(value) / lanes);
      taps(product.reads());
      code.add(weights.product(product.kernel(), product.bias(), channels));
      add(product.activation());
      code.add(product.residual().isPresent() ? 1 : 0);
      product.residual().ifPresent(this::add);
    } else if (step instanceof FrameStep.Factors factors) {
      add(FACTORS, places[value], stride(value));
      taps(factors.reads());
      code.add(weights.factors(factors.factors(), factors.bias(), channels));
      add(factors.activation());
    } else if (step instanceof FrameStep.Function function) {
      add(MAP, places[value], stride(value));
      add(function.source());
      add(function.activation());
    } else if (step instanceof FrameStep.Combination combination) {
      add(COMBINE, places[value], stride(value));
      add(combination.left());
      add(combination.right());
      code.add(operation(combination));
      add(combination.activation());
    } else if (step instanceof FrameStep.Join join) {
      add(JOIN, places[value], stride(value), join.reads().size());
      join.reads().forEach(this::add);
    } else if (step instanceof FrameStep.Part part) {
      add(PART, places[value], stride(value));
      add(part.source());
      add(part.first(), channels);
    }
  }

  /** A read that names the ring of all taps, and how many frames ago the frame of each was. */
  private void taps(List<FrameRead> taps) {
    add(taps.get(0));
    code.add(taps.size());
    for (FrameRead tap : taps) {
      code.add(tap.delay());
    }
  }
}
