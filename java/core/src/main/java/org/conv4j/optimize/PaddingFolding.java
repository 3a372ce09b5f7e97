package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise.Relu;
import org.conv4j.function.PoolingKind;
import org.conv4j.lowering.Step;
import org.conv4j.op.Activated;
import org.conv4j.op.Convolution;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Pooling;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * Lets the window of a convolution do the padding with zeros before it. A maximum over windows can
 * do it too where nothing is below zero, because a zero then never hides a larger element.
 */
final class PaddingFolding implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step step : graph.steps()) {
      Optional<Step> source = graph.writer(step.inputs().get(0));
      if (source.isEmpty()
          || !(source.get().op() instanceof Pad pad)
          || !pad.output().equals(step.op().input())
          || !padsSpaceWithZeros(pad)) {
        continue;
      }
      Op padded = padded(graph, step.op(), pad, source.get());
      if (padded != null) {
        List<Integer> inputs = new ArrayList<>(step.inputs());
        inputs.set(0, source.get().inputs().get(0));
        graph.absorb(source.get(), step, step.withOp(padded).withInputs(inputs));
        changed = true;
      }
    }
    return changed;
  }

  private static boolean padsSpaceWithZeros(Pad pad) {
    int channels = pad.input().rank() - 1;
    return pad.value() == 0
        && pad.begin().get(0) == 0
        && pad.end().get(0) == 0
        && pad.begin().get(channels) == 0
        && pad.end().get(channels) == 0;
  }

  private static Op padded(Graph graph, Op op, Pad pad, Step source) {
    if (op instanceof Convolution convolution) {
      Window window = widened(convolution.window(), pad);
      if (!isPartOfTheKernel(window)) {
        return null;
      }
      return convolution.withWindow(pad.input(), convolution.output(), window);
    }
    if (op instanceof Pooling pooling
        && pooling.kind() == PoolingKind.MAX
        && isNonNegative(graph, source.inputs().get(0))) {
      Window window = widened(pooling.window(), pad);
      return everyWindowMeetsTheInput(window, pad.input(), pooling.output())
          ? pooling.withWindow(pad.input(), pooling.output(), window)
          : null;
    }
    return null;
  }

  private static Window widened(Window window, Pad pad) {
    return window.withPadding(sum(window.padBegin(), pad.begin()), sum(window.padEnd(), pad.end()));
  }

  private static IntTuple sum(IntTuple spatial, IntTuple allAxes) {
    int[] sum = new int[spatial.size()];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = spatial.get(i) + allAxes.get(i + 1);
    }
    return IntTuple.of(sum);
  }

  /** Wider padding is unusual, and kernels are not made for it. */
  private static boolean isPartOfTheKernel(Window window) {
    for (int i = 0; i < window.rank(); i++) {
      int kernel = window.effectiveKernel(i);
      if (window.padBegin().get(i) >= kernel || window.padEnd().get(i) >= kernel) {
        return false;
      }
    }
    return true;
  }

  private static boolean everyWindowMeetsTheInput(Window window, Shape input, Shape output) {
    for (int i = 0; i < window.rank(); i++) {
      long last = (output.dim(i + 1) - 1) * window.strides().get(i) - window.padBegin().get(i);
      if (window.padBegin().get(i) >= window.effectiveKernel(i) || last >= input.dim(i + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNonNegative(Graph graph, int value) {
    return graph
        .writer(value)
        .filter(
            step ->
                step.op() instanceof Activated activated
                    && activated.activation() instanceof Relu relu
                    && relu.negativeSlope() == 0)
        .isPresent();
  }
}
