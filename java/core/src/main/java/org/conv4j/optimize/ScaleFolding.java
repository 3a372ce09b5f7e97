package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Step;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Op;
import org.conv4j.op.Scale;
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
    if (source.isEmpty() || !takesScale(source.get().op())) {
      return false;
    }
    Step before = source.get();
    Constant factors = step.constants().get(0);
    Constant shifts = step.constants().get(1);
    if (!Folding.isFinite(factors) || !Folding.isFinite(shifts)) {
      return false;
    }
    List<Constant> constants =
        before.op() instanceof Scale
            ? List.of(
                Folding.product(before.constants().get(0), factors),
                Folding.scaledAndShifted(before.constants().get(1), factors, shifts))
            : List.of(
                Folding.scaledByFilter(before.op(), before.constants().get(0), factors),
                hasBias(before.op())
                    ? Folding.scaledAndShifted(before.constants().get(1), factors, shifts)
                    : shifts);
    Op folded = Activations.with(withBias(before.op()), scale.activation());
    graph.merge(
        before, step, new Step(before.layer(), folded, before.inputs(), step.output(), constants));
    return true;
  }

  private static boolean takesScale(Op op) {
    boolean residual = op instanceof Convolution convolution && convolution.residual();
    boolean linear = Activations.of(op).orElse(null) == Activation.LINEAR;
    return linear && !residual && (hasWeights(op) || op instanceof Scale);
  }

  private static boolean foldIntoReader(Graph graph, Step reader) {
    if (!hasWeights(reader.op())) {
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
    if (shifted && padsOrOverlaps(reader.op())) {
      return false;
    }
    Constant kernel = reader.constants().get(0);
    Constant scaled = Folding.scaledByChannel(reader.op(), kernel, factors);
    Op op = reader.op();
    List<Constant> constants = List.of(scaled);
    if (shifted) {
      op = withBias(op);
      constants =
          List.of(
              scaled,
              Folding.biasOfShifts(
                  reader.op(),
                  kernel,
                  shifts,
                  hasBias(reader.op()) ? reader.constants().get(1) : null));
    } else if (hasBias(reader.op())) {
      constants = List.of(scaled, reader.constants().get(1));
    }
    List<Integer> inputs = new ArrayList<>(reader.inputs());
    inputs.set(0, source.get().inputs().get(0));
    graph.merge(
        source.get(), reader, new Step(reader.layer(), op, inputs, reader.output(), constants));
    return true;
  }

  /** Whether outputs differ in how many taps they see, so that a shift is not the same for all. */
  private static boolean padsOrOverlaps(Op op) {
    if (op instanceof Convolution convolution) {
      return !convolution.window().padBegin().all(0) || convolution.window().padEnd().max() > 0;
    }
    return op instanceof Deconvolution;
  }

  private static boolean hasWeights(Op op) {
    return op instanceof Convolution || op instanceof Deconvolution || op instanceof InnerProduct;
  }

  private static boolean hasBias(Op op) {
    return op instanceof Convolution convolution && convolution.bias()
        || op instanceof Deconvolution deconvolution && deconvolution.bias()
        || op instanceof InnerProduct product && product.bias();
  }

  private static Op withBias(Op op) {
    if (op instanceof Convolution c) {
      return new Convolution(
          c.input(), c.output(), c.window(), c.groups(), true, c.residual(), c.activation());
    }
    if (op instanceof Deconvolution d) {
      return new Deconvolution(d.input(), d.output(), d.window(), true, d.activation());
    }
    if (op instanceof InnerProduct product) {
      return new InnerProduct(product.input(), product.units(), true, product.activation());
    }
    return op;
  }
}
