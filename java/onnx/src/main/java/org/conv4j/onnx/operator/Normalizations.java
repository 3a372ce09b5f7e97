package org.conv4j.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.product.LastAxis;
import org.conv4j.op.Normalization;
import org.conv4j.op.Normalization.Kind;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Operators that divide elements by the size of a set of them. */
final class Normalizations implements Family {
  /** Keeps a division from being one by 0, and is far below anything else. */
  private static final double TINY = 1e-30;

  @Override
  public String[] operators() {
    return new String[] {
      "BatchNormalization 1 6 7 9 14 15",
      "GroupNormalization 18 21",
      "InstanceNormalization 1 6 22",
      "LRN 1 13",
      "LayerNormalization 17",
      "LogSoftmax 1 11 13",
      "LpNormalization 1 22",
      "MeanVarianceNormalization 9 13",
      "RMSNormalization 23",
      "Softmax 1 11 13",
    };
  }

  @Override
  public Value lower(Call call) {
    return switch (call.operator()) {
      case "BatchNormalization" -> batch(call);
      case "GroupNormalization" -> group(call);
      case "InstanceNormalization" -> instance(call);
      case "LRN" -> neighbours(call);
      case "LayerNormalization" -> layer(call);
      case "LpNormalization" -> norm(call);
      case "MeanVarianceNormalization" -> meanVariance(call);
      case "RMSNormalization" -> trailing(call, Kind.ROOT_MEAN_SQUARE);
      default -> softmax(call);
    };
  }

  private static Value softmax(Call call) {
    Value in = call.value(0);
    boolean log = call.operator().equals("LogSoftmax");
    int axis = call.axis("axis", call.opset() < 13 ? 1 : -1);
    Shape shape = in.shape();
    if (call.opset() >= 13 || Shapes.product(shape, axis + 1, shape.rank()) == 1) {
      return call.emit().softmax(in, axis, log);
    }
    // Before opset 13 all axes from the given one on were one.
    long rows = Shapes.product(shape, 0, axis);
    Value flat = call.emit().reshape(in, Shape.of(rows, shape.elementCount() / rows));
    return call.emit().reshape(call.emit().softmax(flat, 1, log), shape);
  }

  private static Value batch(Call call) {
    if (call.node().flag("training_mode", false) || call.output() > 0) {
      throw call.node().invalid("it is in training mode, which is not supported");
    }
    double epsilon = call.node().real("epsilon", 1e-5);
    double[] scale = call.constant(1).elements();
    double[] shift = call.constant(2).elements();
    double[] mean = call.constant(3).elements();
    double[] factors = call.constant(4).elements();
    Value in = call.value(0);
    long[] parameters = new long[in.shape().rank()];
    Arrays.fill(parameters, 1);
    long channels = in.shape().dim(1);
    parameters[1] = channels;
    if (mean.length != channels && !call.node().flag("spatial", true)) {
      for (int axis = 2; axis < parameters.length; axis++) {
        parameters[axis] = in.shape().dim(axis);
      }
    }
    Shape shape = Shape.of(parameters);
    long count = shape.elementCount();
    if (scale.length != count
        || shift.length != count
        || mean.length != count
        || factors.length != count) {
      throw call.node().invalid("its statistics do not fit an input of " + in.shape());
    }
    for (int i = 0; i < factors.length; i++) {
      factors[i] = scale[i] / Math.sqrt(factors[i] + epsilon);
      shift[i] -= mean[i] * factors[i];
    }
    return Affine.append(call.emit().lowering(), call.node().name(), in, shape, factors, shift);
  }

  private static Value instance(Call call) {
    Value in = call.emit().channelsLast(call.value(0));
    Shape stored = in.stored();
    int rank = stored.rank();
    Shape parameters = Shapes.along(rank, rank - 1, stored.dim(-1));
    Normalization op =
        new Normalization(
            stored,
            IntTuple.of(Shapes.range(1, rank - 1)),
            Kind.STANDARD,
            call.node().real("epsilon", 1e-5),
            parameters,
            true,
            true);
    return call.emit()
        .append(
            op,
            in,
            List.of(call.constant(1).reshape(parameters), call.constant(2).reshape(parameters)),
            in.view());
  }

  private static Value group(Call call) {
    Value in = call.emit().channelsLast(call.value(0));
    Shape stored = in.stored();
    long groups = call.node().integer("num_groups", 1);
    long channels = stored.dim(-1);
    if (groups < 1 || channels % groups != 0) {
      throw call.node().invalid("%d groups do not divide %d channels".formatted(groups, channels));
    }
    long places = stored.elementCount() / stored.dim(0) / channels;
    Shape grouped = Shape.of(stored.dim(0), places, groups, channels / groups);
    // Opset 18 had one scale for each group.
    boolean shared = call.shape(1).elementCount() == groups && groups != channels;
    Shape parameters = Shape.of(1, 1, groups, shared ? 1 : channels / groups);
    Normalization op =
        new Normalization(
            grouped,
            IntTuple.of(1, 3),
            Kind.STANDARD,
            call.node().real("epsilon", 1e-5),
            parameters,
            true,
            true);
    Value view = new Value(in.id(), grouped, DataFormat.CHANNELS_LAST);
    List<Constant> constants =
        List.of(call.constant(1).reshape(parameters), call.constant(2).reshape(parameters));
    Value result = call.emit().append(op, view, constants, DataFormat.CHANNELS_LAST);
    return new Value(result.id(), in.shape(), in.view());
  }

  private static Value layer(Call call) {
    if (call.output() == 0) {
      return trailing(call, Kind.STANDARD);
    }
    Emitter emit = call.emit();
    Value in = call.value(0);
    int[] axes = Shapes.range(call.axis("axis", -1), in.shape().rank());
    Value mean = emit.reduce(in, axes, ReductionKind.MEAN);
    if (call.output() == 1) {
      return mean;
    }
    Value squares = emit.apply(ElementwiseFunction.SQUARE, emit.subtract(in, mean));
    Value variance = emit.reduce(squares, axes, ReductionKind.MEAN);
    return emit.apply(
        ElementwiseFunction.RECIPROCAL_SQUARE_ROOT,
        emit.affine(variance, 1, call.node().real("epsilon", 1e-5)));
  }

  /** Sets that lie along the last axes, with a scale and a shift of their own shape. */
  private static Value trailing(Call call, Kind kind) {
    Value in = call.emit().plain(call.value(0));
    Shape shape = in.shape();
    int rank = shape.rank();
    int axis = call.axis("axis", -1);
    boolean scale = call.has(1);
    boolean shift = call.has(2);
    Shape parameters = Shapes.expanded(scale ? call.shape(1) : Shape.of(), rank);
    boolean fits =
        (!scale || call.isConstant(1))
            && (!shift
                || call.isConstant(2) && Shapes.expanded(call.shape(2), rank).equals(parameters));
    for (int i = 0; i < rank; i++) {
      fits &= parameters.dim(i) == 1 || parameters.dim(i) == shape.dim(i);
    }
    IntTuple axes = IntTuple.of(Shapes.range(axis, rank));
    double epsilon = call.node().real("epsilon", 1e-5);
    List<Constant> constants = new ArrayList<>();
    if (fits && scale) {
      constants.add(call.constant(1).reshape(parameters));
    }
    if (fits && shift) {
      constants.add(call.constant(2).reshape(parameters));
    }
    Normalization op =
        new Normalization(
            shape,
            axes,
            kind,
            epsilon,
            fits ? parameters : Shapes.expanded(Shape.of(), rank),
            fits && scale,
            fits && shift);
    Value result = call.emit().append(op, in, constants, DataFormat.CHANNELS_LAST);
    if (fits) {
      return result;
    }
    Value scaled = scale ? call.emit().multiply(result, call.value(1)) : result;
    return shift ? call.emit().add(scaled, call.value(2)) : scaled;
  }

  private static Value norm(Call call) {
    Emitter emit = call.emit();
    Value in = call.value(0);
    int axis = call.axis("axis", -1);
    if (call.node().integer("p", 2) == 2) {
      Normalization op =
          new Normalization(
              in.stored(),
              IntTuple.of(in.storedAxis(axis)),
              Kind.EUCLIDEAN,
              TINY,
              Shapes.expanded(Shape.of(), in.shape().rank()),
              false,
              false);
      return emit.append(op, in, List.of(), in.view());
    }
    Value sizes = emit.apply(ElementwiseFunction.ABSOLUTE, in);
    Value sum = emit.reduce(sizes, new int[] {axis}, ReductionKind.SUM);
    Value bounded = emit.apply(new Elementwise.Clip(TINY, Double.POSITIVE_INFINITY), sum);
    return emit.binary(BinaryFunction.DIVIDE, in, bounded);
  }

  private static Value meanVariance(Call call) {
    Value in = call.value(0);
    int rank = in.shape().rank();
    long[] given = call.node().integers("axes");
    long[] axes = given == null ? new long[] {0, 2, 3} : given;
    int[] stored = new int[axes.length];
    Arrays.setAll(stored, i -> in.storedAxis(call.node().axis(axes[i], rank)));
    Arrays.sort(stored);
    Normalization op =
        new Normalization(
            in.stored(),
            IntTuple.of(stored),
            Kind.STANDARD,
            1e-18,
            Shapes.expanded(Shape.of(), rank),
            false,
            false);
    return call.emit().append(op, in, List.of(), in.view());
  }

  /** The sum of squares over neighbouring channels is a product with a band of ones. */
  private static Value neighbours(Call call) {
    Emitter emit = call.emit();
    Value in = emit.channelsLast(call.value(0));
    int size = call.node().integer("size", 1);
    double alpha = call.node().real("alpha", 1e-4);
    double beta = call.node().real("beta", 0.75);
    double bias = call.node().real("bias", 1);
    int channels = in.shape().intDim(1);
    if (channels > 4096) {
      throw call.node().invalid("%d channels are more than 4096".formatted(channels));
    }
    double[] band = new double[channels * channels];
    for (int to = 0; to < channels; to++) {
      int first = Math.max(0, to - (size - 1) / 2);
      int last = Math.min(channels - 1, to + size / 2);
      for (int from = first; from <= last; from++) {
        band[from * channels + to] = alpha / size;
      }
    }
    Value squares = emit.apply(ElementwiseFunction.SQUARE, in);
    Constant matrix = Constant.of(Shape.of(channels, channels), band);
    Value sums = emit.affine(LastAxis.product(call, squares, 1, matrix), 1, bias);
    Value power = emit.binary(BinaryFunction.POWER, sums, emit.number(beta));
    return emit.binary(BinaryFunction.DIVIDE, in, power);
  }
}
