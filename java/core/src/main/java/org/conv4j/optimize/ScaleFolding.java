package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Step;
import org.conv4j.op.Activated;
import org.conv4j.op.Scale;
import org.conv4j.op.Weighted;
import org.conv4j.weights.Constant;

/**
 * Multiplies the scale and shift of a batch normalization into the weights of the convolution,
 * transposed convolution or inner product on either side of it, or into another scale.
 *
 * <p>After it: {@code (sum(x * k) + b) * s + t = sum(x * (k * s)) + (b * s + t)}. Before it, where
 * no padding would have to be shifted too: {@code sum((x * s + t) * k) + b = sum(x * (s * k)) + (b
 * + sum(t * k))}.
 */
final class ScaleFolding implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step step : graph.steps()) {
      if (graph.contains(step) && step.op() instanceof Scale scale) {
        changed |= foldIntoSource(graph, step, scale);
      }
    }
    for (Step step : graph.steps()) {
      if (graph.contains(step)) {
        changed |= foldIntoReader(graph, step);
      }
    }
    return changed;
  }

  private static boolean foldIntoSource(Graph graph, Step step, Scale scale) {
    Optional<Step> source = graph.soleSource(step, 0);
    if (source.isEmpty()
        || !(source.get().op() instanceof Activated op)
        || op.activation() != Activation.LINEAR) {
      return false;
    }
    Step before = source.get();
    Constant factors = step.constants().get(0);
    Constant shifts = step.constants().get(1);
    if (!Folding.isFinite(factors) || !Folding.isFinite(shifts)) {
      return false;
    }
    Constant first = factors;
    Constant second = shifts;
    Activated folded = op;
    if (op instanceof Scale) {
      first = Folding.product(before.constants().get(0), factors);
      second = Folding.scaledAndShifted(before.constants().get(1), factors, shifts);
    } else if (op instanceof Weighted weighted && op.inputs().size() == 1) {
      first = Folding.scaledByFilter(weighted, before.constants().get(0), factors);
      if (weighted.bias()) {
        second = Folding.scaledAndShifted(before.constants().get(1), factors, shifts);
      }
      folded = weighted.withBias(true);
    } else {
      return false;
    }
    graph.merge(
        before,
        step,
        new Step(
            before.layer(),
            folded.withActivation(scale.activation()),
            before.inputs(),
            step.output(),
            List.of(first, second)));
    return true;
  }

  private static boolean foldIntoReader(Graph graph, Step reader) {
    if (!(reader.op() instanceof Weighted op)) {
      return false;
    }
    Optional<Step> source = graph.soleSource(reader, 0);
    if (source.isEmpty()
        || !(source.get().op() instanceof Scale scale)
        || scale.activation() != Activation.LINEAR) {
      return false;
    }
    Constant factors = source.get().constants().get(0);
    Constant shifts = source.get().constants().get(1);
    if (!Folding.isFinite(factors) || !Folding.isFinite(shifts)) {
      return false;
    }
    boolean shifted = !Folding.isZero(shifts);
    if (shifted && !op.isUniform()) {
      return false;
    }
    Constant kernel = reader.constants().get(0);
    Constant bias = op.bias() ? reader.constants().get(1) : null;
    if (shifted) {
      bias = Folding.biasOfShifts(op, kernel, shifts, bias);
    }
    Constant scaled = Folding.scaledByChannel(op, kernel, factors);
    List<Integer> inputs = new ArrayList<>(reader.inputs());
    inputs.set(0, source.get().inputs().get(0));
    graph.merge(
        source.get(),
        reader,
        new Step(
            reader.layer(),
            op.withBias(bias != null),
            inputs,
            reader.output(),
            bias == null ? List.of(scaled) : List.of(scaled, bias)));
    return true;
  }
}
