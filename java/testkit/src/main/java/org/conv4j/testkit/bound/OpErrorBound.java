package org.conv4j.testkit.bound;

import java.util.Arrays;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.FunctionCall;
import org.conv4j.op.Gather;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.OpVisitor;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Pooling;
import org.conv4j.op.Prelu;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Scale;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.LinearPart;
import org.conv4j.testkit.cases.OpCase;

/**
 * How far an engine may be from an op's exact result, by the reasoning of {@link ErrorBound}: sums
 * are off by a multiple of the sum of magnitudes, functions by a few roundings, copies not at all.
 */
public final class OpErrorBound implements OpVisitor<double[]> {
  /** The magnitudes of Keys's weights sum to at most this along three axes, with a margin. */
  private static final double CUBIC_MAGNITUDE = 4;

  /** Two of a place, each of which moves by the difference of two inputs. */
  private static final double PLACE_ROUNDINGS = 4;

  private final OpCase exact;

  /** What the case should give. */
  private final double[] values;

  private final DataType dataType;
  private final Engine reference;

  private OpErrorBound(OpCase exact, double[] values, DataType dataType, Engine reference) {
    this.exact = exact;
    this.values = values;
    this.dataType = dataType;
    this.reference = reference;
  }

  /**
   * Bounds the errors of a case.
   *
   * @param opCase the case
   * @param dataType the type that the engine computes in
   * @param options what the engine was asked for
   * @param reference the reference engine
   * @return a bound for each output, in row-major order
   */
  public static double[] of(
      OpCase opCase, DataType dataType, CompileOptions options, Engine reference) {
    LinearPart part = LinearPart.of(opCase.op());
    OpCase linear = opCase.map(part.op(), x -> x);
    double[] values = linear.run(reference, DataType.FLOAT64, CompileOptions.DEFAULT);
    double[] errors = part.op().accept(new OpErrorBound(linear, values, dataType, reference));
    if (part.op() instanceof Convolution && dataType == DataType.FLOAT32 && !options.exact()) {
      double fastError = CompileOptions.FAST_ERROR * largestMagnitude(values);
      Arrays.setAll(errors, i -> errors[i] + fastError);
    }
    double[] bounds = new double[values.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = ErrorBound.throughFunction(part.activation(), values[i], errors[i], dataType);
      if (bounds[i] != 0) {
        bounds[i] += smallest(dataType);
      }
    }
    return bounds;
  }

  /** What is smaller than that, processors may make 0. */
  private static double smallest(DataType dataType) {
    return dataType == DataType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
  }

  @Override
  public double[] visit(Binary op) {
    return switch (op.function()) {
      case MAXIMUM, MINIMUM -> none();
      case POWER -> {
        double[] errors = none();
        for (int i = 0; i < errors.length; i++) {
          double magnitude = Math.abs(values[i]);
          errors[i] =
              ErrorBound.function(dataType) * (1 + Math.abs(Math.log(magnitude))) * magnitude;
        }
        yield errors;
      }
      default -> relative(values, 2);
    };
  }

  @Override
  public double[] visit(Concat op) {
    return none();
  }

  @Override
  public double[] visit(Convolution op) {
    return ofSum(op.products());
  }

  @Override
  public double[] visit(Deconvolution op) {
    return ofSum(op.products());
  }

  @Override
  public double[] visit(Eltwise op) {
    return none();
  }

  @Override
  public double[] visit(FunctionCall op) {
    return none();
  }

  @Override
  public double[] visit(Gather op) {
    return none();
  }

  @Override
  public double[] visit(InnerProduct op) {
    return ofSum(op.products());
  }

  @Override
  public double[] visit(MatMul op) {
    return ofSum(op.left().dim(-1));
  }

  @Override
  public double[] visit(Normalization op) {
    return NormalizationErrors.of(exact, op, dataType);
  }

  @Override
  public double[] visit(Pad op) {
    return none();
  }

  @Override
  public double[] visit(Permute op) {
    return none();
  }

  @Override
  public double[] visit(Pooling op) {
    return switch (op.kind()) {
      case MAX -> none();
      case AVERAGE -> ofSum(op.window().taps());
    };
  }

  @Override
  public double[] visit(Prelu op) {
    return relative(values, 2);
  }

  @Override
  public double[] visit(Recurrence op) {
    return RecurrenceErrors.of(exact, op, dataType);
  }

  @Override
  public double[] visit(Reduction op) {
    return switch (op.kind()) {
      case MAX, MIN -> none();
      case SUM, MEAN -> ofSum(op.input().elementCount() / op.output().elementCount());
    };
  }

  @Override
  public double[] visit(Resize op) {
    if (op.method() == Resize.Method.NEAREST) {
      return none();
    }
    // Where an output lies among the inputs is rounded, too, in one of several orders.
    double place = PLACE_ROUNDINGS * ErrorBound.roundoff(dataType) * longest(op.input());
    double roundings = CUBIC_MAGNITUDE * ErrorBound.function(dataType) + place;
    return filled(roundings * largestMagnitude(exact.inputs().get(0)));
  }

  @Override
  public double[] visit(Scale op) {
    return ofSum(1);
  }

  @Override
  public double[] visit(Slice op) {
    return none();
  }

  @Override
  public double[] visit(Softmax op) {
    double range = op.log() ? largestMagnitude(exact.inputs().get(0)) : 0;
    return filled(ErrorBound.function(dataType) * (1 + range));
  }

  /**
   * Of an op that adds up so many products or elements for each element of the output; none where a
   * sum may overflow on the way.
   */
  private double[] ofSum(long terms) {
    double largest = dataType == DataType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    double[] magnitudes = magnitudes();
    double[] errors = relative(magnitudes, terms + 3);
    Arrays.setAll(errors, i -> magnitudes[i] * terms <= largest ? errors[i] : Double.NaN);
    return errors;
  }

  private double[] none() {
    return new double[values.length];
  }

  /** The op on the magnitudes of everything. */
  private double[] magnitudes() {
    return exact
        .map(exact.op(), Math::abs)
        .run(reference, DataType.FLOAT64, CompileOptions.DEFAULT);
  }

  private double[] relative(double[] sizes, long roundings) {
    return Arrays.stream(sizes)
        .map(value -> roundings * ErrorBound.roundoff(dataType) * Math.abs(value))
        .toArray();
  }

  private double[] filled(double error) {
    double[] errors = none();
    Arrays.fill(errors, error);
    return errors;
  }

  private static long longest(Shape shape) {
    long longest = 0;
    for (int axis = 1; axis < shape.rank() - 1; axis++) {
      longest = Math.max(longest, shape.dim(axis));
    }
    return longest;
  }

  private static double largestMagnitude(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
