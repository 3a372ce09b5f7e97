package org.conv4j.plan;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.conv4j.shape.Shape;
import org.conv4j.team.Team;
import org.conv4j.tensor.Tensor;

/**
 * Runs a program for one part of a batch after the other, in as many lanes as there are threads.
 */
final class PartRuns {
  private final Views inputs;
  private final Views outputs;
  private final Lane[] lanes;
  private final Team team;
  private final int parts;
  private final PartialOutputs partial;

  /** Which part this run computes into {@link #partial}, or -1. */
  private int partialPart;

  /** The caller's tensors of one direction, cut. Those of the last run are kept for the next. */
  private static final class Views {
    private final Shape[] shapes;

    /** By part. */
    private final Tensor[][] views;

    private final Tensor[] whole;

    Views(List<Shape> partShapes, int parts) {
      shapes = partShapes.toArray(Shape[]::new);
      whole = new Tensor[shapes.length];
      views = new Tensor[parts][shapes.length];
    }

    void cut(Tensor[] tensors) {
      for (int i = 0; i < tensors.length; i++) {
        if (whole[i] != tensors[i]) {
          // Set last: if a view cannot be made, nothing half-made is used again.
          whole[i] = null;
          for (int part = 0; part < views.length; part++) {
            views[part][i] = tensors[i].slice(part * shapes[i].elementCount(), shapes[i]);
          }
          whole[i] = tensors[i];
        }
      }
    }
  }

  PartRuns(BatchDivision division, Lane[] lanes, PartialOutputs partial) {
    this.parts = division.parts();
    this.partial = partial;
    this.lanes = lanes;
    inputs = new Views(division.program().inputShapes(), parts);
    outputs = new Views(division.program().outputShapes(), parts);
    team =
        new Team(
            Stream.of(lanes)
                .<IntConsumer>map(lane -> part -> lane.run(inputs.views[part], results(part), null))
                .toList());
  }

  /** Computes the outputs for inputs; all memory is held. */
  void run(Tensor[] given, Tensor[] results) {
    inputs.cut(given);
    outputs.cut(results);
    run(parts, -1);
  }

  /** The same for the first examples only. */
  void run(Tensor[] given, Tensor[] results, int examples) {
    inputs.cut(given);
    outputs.cut(results);
    int whole = examples / partial.examples();
    int rest = examples % partial.examples();
    if (rest == 0) {
      run(whole, -1);
    } else {
      partial.outputs();
      run(whole + 1, whole);
      partial.copyTo(outputs.views[whole], rest);
    }
  }

  private void run(int count, int partialOne) {
    partialPart = partialOne;
    team.run(count);
  }

  private Tensor[] results(int part) {
    return part == partialPart ? partial.outputs() : outputs.views[part];
  }

  /** The same in one lane, adding up what each step takes. */
  void runTimed(Tensor[] given, Tensor[] results, long[] times) {
    inputs.cut(given);
    outputs.cut(results);
    for (int part = 0; part < parts; part++) {
      lanes[0].run(inputs.views[part], outputs.views[part], times);
    }
  }
}
