package org.conv4j.testkit;

import java.util.Arrays;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.op.Binary;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.Pooling;
import org.conv4j.op.Prelu;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Scale;
import org.conv4j.op.Softmax;
import org.conv4j.tensor.DataType;

/**
 * How far an engine may be from an op's exact result, by the reasoning of {@link ErrorBound}: sums
 * are off by a multiple of the sum of magnitudes, functions by a few roundings, copies not at all.
 */
final class OpErrorBound {
  /** The magnitudes of Keys's weights sum to at most this along three axes, with a margin. */
  private static final double CUBIC_MAGNITUDE = 4;

  private final OpCase exact;
  private final DataType dataType;
  private final Engine reference;

  private OpErrorBound(OpCase exact, DataType dataType, Engine reference) {
    this.exact = exact;
    this.dataType = dataType;
    this.reference = reference;
  }

  /** The bounds for the outputs of a case, in row-major order. */
  static double[] of(OpCase opCase, DataType dataType, CompileOptions options, Engine reference) {
    LinearPart part = LinearPart.of(opCase.op());
    OpCase linear = opCase.map(part.op(), x -> x);
    double[] values = linear.run(reference, DataType.FLOAT64, CompileOptions.DEFAULT);
    double[] errors = new OpErrorBound(linear, dataType, reference).errors(values);
    if (part.op() instanceof Convolution && dataType == DataType.FLOAT32 && !options.exact()) {
      double fastError = CompileOptions.FAST_ERROR * largestMagnitude(values);
      Arrays.setAll(errors, i -> errors[i] + fastError);
    }
    double[] bounds = new double[values.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = ErrorBound.throughFunction(part.activation(), values[i], errors[i], dataType);
    }
    return bounds;
  }

  private double[] errors(double[] values) {
    Op op = exact.op();
    if (op instanceof Softmax softmax) {
      double range = softmax.log() ? largestMagnitude(exact.inputs().get(0)) : 0;
      return filled(values.length, ErrorBound.function(dataType) * (1 + range));
    }
    if (op instanceof Normalization normalization) {
      return NormalizationErrors.of(exact, normalization, ErrorBound.roundoff(dataType));
    }
    if (op instanceof Resize resize) {
      return resizeErrors(resize, values.length);
    }
    if (op instanceof Binary binary) {
      return binaryErrors(binary, values);
    }
    if (op instanceof Prelu) {
      return relative(values, 2);
    }
    long length = summed(op);
    return length == 0 ? new double[values.length] : relative(magnitudes(), length + 3);
  }

  private double[] resizeErrors(Resize op, int count) {
    double largest = largestMagnitude(exact.inputs().get(0));
    if (op.method() == Resize.Method.NEAREST) {
      return new double[count];
    }
    double roundings = ErrorBound.function(dataType);
    return filled(count, CUBIC_MAGNITUDE * roundings * largest);
  }

  private double[] binaryErrors(Binary op, double[] values) {
    return switch (op.function()) {
      case MAXIMUM, MINIMUM -> new double[values.length];
      case POWER -> {
        double[] errors = new double[values.length];
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

  /**
   * How many products or elements an op adds up for one output element; 0 for those that do not.
   */
  private static long summed(Op op) {
    if (op instanceof Convolution convolution) {
      return convolution.window().taps() * convolution.channelsPerGroup();
    }
    if (op instanceof Deconvolution deconvolution) {
      return deconvolution.window().taps() * deconvolution.input().dim(-1);
    }
    if (op instanceof InnerProduct || op instanceof MatMul) {
      return op.input().dim(-1);
    }
    if (op instanceof Pooling pooling && pooling.kind() == PoolingKind.AVERAGE) {
      return pooling.window().taps();
    }
    if (op instanceof Reduction reduction
        && (reduction.kind() == ReductionKind.SUM || reduction.kind() == ReductionKind.MEAN)) {
      return op.input().elementCount() / op.output().elementCount();
    }
    return op instanceof Scale ? 1 : 0;
  }

  /** The op on the magnitudes of everything. */
  private double[] magnitudes() {
    return exact
        .map(exact.op(), Math::abs)
        .run(reference, DataType.FLOAT64, CompileOptions.DEFAULT);
  }

  private double[] relative(double[] values, long roundings) {
    return Arrays.stream(values)
        .map(value -> roundings * ErrorBound.roundoff(dataType) * Math.abs(value))
        .toArray();
  }

  private static double[] filled(int count, double error) {
    double[] errors = new double[count];
    Arrays.fill(errors, error);
    return errors;
  }

  private static double largestMagnitude(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
