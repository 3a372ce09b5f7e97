package org.conv4j.onnx.operator;

import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.op.Prelu;
import org.conv4j.shape.Shape;

/** Functions of one number. */
final class Activations implements Family {
  @Override
  public String[] operators() {
    return new String[] {
      "Abs 1 6 13",
      "Acos 7 22",
      "Acosh 9 22",
      "Asin 7 22",
      "Asinh 9 22",
      "Atan 7 22",
      "Atanh 9 22",
      "Ceil 1 6 13",
      "Celu 12",
      "Clip 1 6 11 12 13",
      "Cos 7 22",
      "Cosh 9 22",
      "Dropout 1 6 7 10 12 13 22",
      "Elu 1 6 22",
      "Erf 9 13",
      "Exp 1 6 13",
      "Floor 1 6 13",
      "Gelu 20",
      "HardSigmoid 1 6 22",
      "HardSwish 14 22",
      "Identity 1 13 14 16 19 21 23 24 25",
      "LeakyRelu 1 6 16",
      "Log 1 6 13",
      "Mish 18 22",
      "Neg 1 6 13",
      "PRelu 1 6 7 9 16",
      "Reciprocal 1 6 13",
      "Relu 1 6 13 14",
      "Round 11 22",
      "Selu 1 6 22",
      "Shrink 9",
      "Sigmoid 1 6 13",
      "Sign 9 13",
      "Sin 7 22",
      "Sinh 9 22",
      "Softplus 1 22",
      "Softsign 1 22",
      "Sqrt 1 6 13",
      "Swish 24",
      "Tan 7 22",
      "Tanh 1 6 13",
      "ThresholdedRelu 10 22",
    };
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    Value in = call.value(0);
    return switch (call.operator()) {
      case "Identity" -> in;
      case "Dropout" -> dropout(call, in);
      case "Clip" -> clip(call, in);
      case "LeakyRelu" -> leaky(call, in, call.node().real("alpha", 0.01));
      case "PRelu" -> prelu(call, in);
      case "Selu" -> selu(call, in);
      case "Shrink" -> shrink(call, in);
      case "Swish" -> swish(call, in);
      default -> call.emit().apply(function(call), in);
    };
  }

  private static Elementwise function(Call call) {
    return switch (call.operator()) {
      case "Abs" -> ElementwiseFunction.ABSOLUTE;
      case "Acos" -> ElementwiseFunction.ARC_COSINE;
      case "Acosh" -> ElementwiseFunction.INVERSE_HYPERBOLIC_COSINE;
      case "Asin" -> ElementwiseFunction.ARC_SINE;
      case "Asinh" -> ElementwiseFunction.INVERSE_HYPERBOLIC_SINE;
      case "Atan" -> ElementwiseFunction.ARC_TANGENT;
      case "Atanh" -> ElementwiseFunction.INVERSE_HYPERBOLIC_TANGENT;
      case "Ceil" -> ElementwiseFunction.CEILING;
      case "Celu" -> new Elementwise.Celu(call.node().real("alpha", 1));
      case "Cos" -> ElementwiseFunction.COSINE;
      case "Cosh" -> ElementwiseFunction.HYPERBOLIC_COSINE;
      case "Elu" -> new Elementwise.Elu(call.node().real("alpha", 1));
      case "Erf" -> ElementwiseFunction.ERROR_FUNCTION;
      case "Exp" -> ElementwiseFunction.EXPONENTIAL;
      case "Floor" -> ElementwiseFunction.FLOOR;
      case "Gelu" ->
          call.node().text("approximate", "none").equals("tanh")
              ? ElementwiseFunction.GELU_TANH
              : ElementwiseFunction.GELU;
      case "HardSigmoid" -> hardSigmoid(call);
      case "HardSwish" -> ElementwiseFunction.HARD_SILU;
      case "Log" -> ElementwiseFunction.LOGARITHM;
      case "Mish" -> ElementwiseFunction.MISH;
      case "Neg" -> ElementwiseFunction.NEGATIVE;
      case "Reciprocal" -> ElementwiseFunction.RECIPROCAL;
      case "Relu" -> Activation.RELU;
      case "Round" -> ElementwiseFunction.ROUND;
      case "Sigmoid" -> ElementwiseFunction.SIGMOID;
      case "Sign" -> ElementwiseFunction.SIGN;
      case "Sin" -> ElementwiseFunction.SINE;
      case "Sinh" -> ElementwiseFunction.HYPERBOLIC_SINE;
      case "Softplus" -> ElementwiseFunction.SOFTPLUS;
      case "Softsign" -> ElementwiseFunction.SOFTSIGN;
      case "Sqrt" -> ElementwiseFunction.SQUARE_ROOT;
      case "Tan" -> ElementwiseFunction.TANGENT;
      case "Tanh" -> ElementwiseFunction.TANH;
      default -> new Elementwise.Relu(Double.POSITIVE_INFINITY, 0, call.node().real("alpha", 1));
    };
  }

  /** Keras's own where it is that, for engines know it by name. */
  private static Elementwise hardSigmoid(Call call) {
    double alpha = call.node().real("alpha", 0.2);
    double beta = call.node().real("beta", 0.5);
    boolean sixth = (float) alpha == 1 / 6f && beta == 0.5;
    return sixth ? ElementwiseFunction.HARD_SIGMOID : new Elementwise.HardSigmoid(alpha, beta);
  }

  /** Passes its input on; a mask says that nothing was dropped. */
  private static Value dropout(Call call, Value in) {
    boolean trains = call.has(2) && call.numbers(2).real(0) != 0;
    boolean drops = !call.has(1) || call.numbers(1).real(0) != 0;
    if (trains && drops) {
      throw call.node().invalid("it is in training mode, which is not supported");
    }
    return call.output() == 0
        ? in
        : call.emit().constant(new org.conv4j.weights.Constant.Filled(in.shape(), 1));
  }

  private static Value clip(Call call, Value in) {
    if (call.has(1) && !call.isConstant(1) || call.has(2) && !call.isConstant(2)) {
      Value bounded =
          call.has(1) ? call.emit().binary(BinaryFunction.MAXIMUM, in, call.value(1)) : in;
      return call.has(2)
          ? call.emit().binary(BinaryFunction.MINIMUM, bounded, call.value(2))
          : bounded;
    }
    double least = call.real(1, "min", Double.NEGATIVE_INFINITY);
    double most = call.real(2, "max", Double.POSITIVE_INFINITY);
    if (least == 0 && most >= 0) {
      return call.emit().apply(new Elementwise.Relu(most, 0, 0), in);
    }
    // Where the limits are in the wrong order, the upper one wins.
    return call.emit().apply(new Elementwise.Clip(Math.min(least, most), most), in);
  }

  private static Value leaky(Call call, Value in, double slope) {
    if (slope >= 0) {
      return call.emit().apply(new Elementwise.Relu(Double.POSITIVE_INFINITY, slope, 0), in);
    }
    return slopes(call, in, call.emit().number(slope));
  }

  private static Value slopes(Call call, Value in, Value slope) {
    Value above = call.emit().apply(Activation.RELU, in);
    Value below = call.emit().apply(new Elementwise.Clip(Double.NEGATIVE_INFINITY, 0), in);
    return call.emit().add(above, call.emit().multiply(below, slope));
  }

  private static Value prelu(Call call, Value in) {
    Shape given = call.shape(1);
    int rank = in.shape().rank();
    // Before opset 7 a vector was one slope for each channel.
    boolean channels =
        given.rank() == 1
            && rank > 2
            && given.dim(0) == in.shape().dim(1)
            && (call.opset() < 7 || given.dim(0) != in.shape().dim(-1));
    Shape slopes =
        channels
            ? Shapes.along(rank, 1, given.dim(0))
            : Shapes.expanded(given, Math.max(rank, given.rank()));
    if (!call.isConstant(1) || slopes.rank() != rank) {
      Value slope = call.value(1);
      return slopes(call, in, channels ? call.emit().reshape(slope, slopes) : slope);
    }
    if (slopes.elementCount() == 1 && call.numbers(1).real(0) >= 0) {
      return leaky(call, in, call.numbers(1).real(0));
    }
    var constant = call.constant(1).reshape(slopes);
    Value last = call.emit().channelsLast(in);
    var stored =
        rank < 3 ? constant : Call.permuted(constant, last.view().axesToChannelsLast(rank));
    return call.emit()
        .append(
            new Prelu(last.stored(), stored.shape()), last, java.util.List.of(stored), last.view());
  }

  private static Value selu(Call call, Value in) {
    double alpha = call.node().real("alpha", 1.67326);
    double gamma = call.node().real("gamma", 1.0507);
    boolean usual =
        Math.abs(alpha - ElementwiseFunction.SELU_ALPHA) < 1e-4
            && Math.abs(gamma - ElementwiseFunction.SELU_SCALE) < 1e-4;
    return usual
        ? call.emit().apply(Activation.SELU, in)
        : call.emit().affine(call.emit().apply(new Elementwise.Elu(alpha), in), gamma, 0);
  }

  private static Value shrink(Call call, Value in) {
    double limit = call.node().real("lambd", 0.5);
    double bias = call.node().real("bias", 0);
    if (bias == limit) {
      return call.emit().apply(new Elementwise.SoftShrink(limit), in);
    }
    Value left = call.emit().apply(new Elementwise.HardShrink(limit), in);
    if (bias == 0) {
      return left;
    }
    Value sign = call.emit().apply(ElementwiseFunction.SIGN, left);
    return call.emit().subtract(left, call.emit().affine(sign, bias, 0));
  }

  private static Value swish(Call call, Value in) {
    double alpha = call.node().real("alpha", 1);
    if (alpha == 1) {
      return call.emit().apply(Activation.SILU, in);
    }
    Value gate = call.emit().apply(Activation.SIGMOID, call.emit().affine(in, alpha, 0));
    return call.emit().multiply(in, gate);
  }
}
