package org.conv4j.optimize;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Step;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Normalization;
import org.conv4j.op.Reduction;
import org.conv4j.op.Scale;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Makes one op of a layer normalization that is written out: {@code (x - mean(x)) / sqrt(mean((x -
 * mean(x))^2) + epsilon)} along the last axes, and of what it is multiplied with and added to.
 */
final class NormalizationRecognition implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step step : graph.steps()) {
      if (graph.contains(step)) {
        changed |= step.op() instanceof Binary && recognise(graph, step);
        changed |= step.op() instanceof Scale scale && parameters(graph, step, scale);
      }
    }
    return changed;
  }

  private static boolean recognise(Graph graph, Step root) {
    Binary quotient = (Binary) root.op();
    Optional<Step> difference = graph.writer(root.inputs().get(0));
    Optional<Step> variance = variance(graph, root, quotient);
    if (quotient.activation() != Activation.LINEAR
        || difference.isEmpty()
        || variance.isEmpty()
        || !isBinary(difference.get(), BinaryFunction.SUBTRACT)) {
      return false;
    }
    int input = difference.get().inputs().get(0);
    Shape shape = quotient.left();
    Optional<Step> mean = mean(graph, difference.get().inputs().get(1), shape);
    Optional<Step> squares =
        mean(graph, variance.get().inputs().get(0), shape)
            .flatMap(step -> graph.writer(step.inputs().get(0)));
    Double epsilon = epsilon(graph, variance.get());
    boolean isOne =
        mean.isPresent()
            && squares.isPresent()
            && epsilon != null
            && epsilon >= 0
            && mean.get().inputs().get(0) == input
            && difference.get().op().inputs().get(0).equals(shape)
            && isSquare(squares.get(), difference.get().output())
            && axes(mean.get()).equals(axes(graph, variance.get()));
    if (!isOne) {
      return false;
    }
    Normalization op =
        new Normalization(
            shape,
            axes(mean.get()),
            Normalization.Kind.STANDARD,
            epsilon,
            parameterShape(shape, 1),
            false,
            false);
    graph.replace(root, new Step(root.layer(), op, List.of(input), root.output(), List.of()));
    return true;
  }

  /** The step that adds epsilon to the variance, whose root the result is divided by. */
  private static Optional<Step> variance(Graph graph, Step root, Binary quotient) {
    Optional<Step> divisor = graph.writer(root.inputs().get(1));
    if (quotient.function() == BinaryFunction.DIVIDE) {
      return divisor
          .filter(step -> isFunction(step, ElementwiseFunction.SQUARE_ROOT))
          .flatMap(step -> graph.writer(step.inputs().get(0)));
    }
    if (quotient.function() != BinaryFunction.MULTIPLY) {
      return Optional.empty();
    }
    Optional<Step> deviation =
        divisor
            .filter(step -> isFunction(step, ElementwiseFunction.RECIPROCAL))
            .flatMap(step -> graph.writer(step.inputs().get(0)))
            .filter(step -> isFunction(step, ElementwiseFunction.SQUARE_ROOT));
    return deviation
        .or(() -> divisor.filter(s -> isFunction(s, ElementwiseFunction.RECIPROCAL_SQUARE_ROOT)))
        .flatMap(step -> graph.writer(step.inputs().get(0)));
  }

  private static boolean isFunction(Step step, Elementwise function) {
    return step.op() instanceof Eltwise eltwise && eltwise.activation() == function;
  }

  private static boolean isBinary(Step step, BinaryFunction function) {
    return step.op() instanceof Binary binary
        && binary.function() == function
        && binary.activation() == Activation.LINEAR;
  }

  private static boolean isSquare(Step step, int of) {
    boolean product =
        isBinary(step, BinaryFunction.MULTIPLY) && step.inputs().equals(List.of(of, of));
    return product || isFunction(step, ElementwiseFunction.SQUARE) && step.inputs().get(0) == of;
  }

  /** The step that a value is the mean of along the last axes of some shape. */
  private static Optional<Step> mean(Graph graph, int value, Shape shape) {
    return graph
        .writer(value)
        .filter(
            step ->
                step.op() instanceof Reduction reduction
                    && reduction.kind() == ReductionKind.MEAN
                    && reduction.input().equals(shape)
                    && areLast(reduction.axes(), shape.rank()));
  }

  private static boolean areLast(IntTuple axes, int rank) {
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) != rank - axes.size() + i) {
        return false;
      }
    }
    return true;
  }

  private static IntTuple axes(Step mean) {
    return ((Reduction) mean.op()).axes();
  }

  private static IntTuple axes(Graph graph, Step variance) {
    return axes(graph.writer(variance.inputs().get(0)).orElseThrow());
  }

  /** The number that a step adds, or null. */
  private static Double epsilon(Graph graph, Step step) {
    if (isBinary(step, BinaryFunction.ADD)) {
      return graph
          .constant(step.inputs().get(1))
          .filter(constant -> constant.shape().elementCount() == 1)
          .map(constant -> constant.elements()[0])
          .orElse(null);
    }
    boolean single =
        step.op() instanceof Scale scale
            && scale.activation() == Activation.LINEAR
            && step.constants().get(0).shape().elementCount() == 1
            && step.constants().get(0).elements()[0] == 1;
    return single ? step.constants().get(1).elements()[0] : null;
  }

  /** Lets a normalization without parameters do what comes after it for each channel. */
  private static boolean parameters(Graph graph, Step step, Scale scale) {
    Optional<Step> source = graph.soleSource(step, 0);
    if (source.isEmpty()
        || scale.activation() != Activation.LINEAR
        || !(source.get().op() instanceof Normalization bare)
        || bare.scale()
        || bare.shift()) {
      return false;
    }
    Shape parameters = parameterShape(bare.input(), bare.input().dim(-1));
    Normalization op =
        new Normalization(
            bare.input(), bare.axes(), bare.kind(), bare.epsilon(), parameters, true, true);
    List<Constant> constants =
        List.of(
            step.constants().get(0).reshape(parameters),
            step.constants().get(1).reshape(parameters));
    graph.merge(
        source.get(),
        step,
        new Step(step.layer(), op, source.get().inputs(), step.output(), constants));
    return true;
  }

  private static Shape parameterShape(Shape shape, long last) {
    long[] dims = new long[shape.rank()];
    Arrays.fill(dims, 1);
    dims[dims.length - 1] = last;
    return Shape.of(dims);
  }
}
