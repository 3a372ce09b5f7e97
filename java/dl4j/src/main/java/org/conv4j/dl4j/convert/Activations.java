package org.conv4j.dl4j.convert;

import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.activation.Activation;
import org.conv4j.layer.activation.Softmax;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.Arithmetic;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/**
 * Activation functions; they become layers of their own, which the optimiser merges with others.
 */
final class Activations {
  private Activations() {}

  /**
   * Applies a function as a layer computes it on what it has as it is: softmax along the last axis.
   */
  static SymbolicTensor apply(Draft draft, String name, IActivation function, SymbolicTensor in) {
    return apply(draft, name, function, in, -1);
  }

  /** Applies a function, softmax along an axis. */
  static SymbolicTensor apply(
      Draft draft, String name, IActivation function, SymbolicTensor in, int axis) {
    String step = name + ".activation";
    Class<?> type = function.getClass();
    if (type == ActivationIdentity.class) {
      return in;
    }
    if (type == ActivationSoftmax.class) {
      return draft.apply(new Softmax(step, IntTuple.of(axis)), in);
    }
    if (type == ActivationCube.class) {
      return cube(draft, step, in);
    }
    if (type == ActivationRationalTanh.class) {
      return rationalTanh(draft, step, in);
    }
    if (type == ActivationGELU.class) {
      return gelu(draft, step, ((ActivationGELU) function).isPrecise(), in);
    }
    if (type == ActivationRectifiedTanh.class) {
      SymbolicTensor tanh = elementwise(draft, step + ".tanh", ElementwiseFunction.TANH, in);
      return elementwise(draft, step, org.conv4j.activation.Activation.RELU, tanh);
    }
    return elementwise(draft, step, function(function), in);
  }

  private static Elementwise function(IActivation function) {
    Class<?> type = function.getClass();
    if (type == ActivationReLU.class) {
      return relu((ActivationReLU) function);
    }
    if (type == ActivationLReLU.class) {
      return leaky(((ActivationLReLU) function).getAlpha());
    }
    if (type == ActivationRReLU.class) {
      // Outside of training, Deeplearning4j takes the mean slope for the least value.
      ActivationRReLU random = (ActivationRReLU) function;
      return new Elementwise.Clip((random.getL() + random.getU()) / 2, Double.POSITIVE_INFINITY);
    }
    if (type == ActivationThresholdedReLU.class) {
      double theta = ((ActivationThresholdedReLU) function).getTheta();
      return new Elementwise.Relu(Double.POSITIVE_INFINITY, 0, theta);
    }
    if (type == ActivationELU.class) {
      return new Elementwise.Elu(((ActivationELU) function).getAlpha());
    }
    return parameterless(type);
  }

  private static Elementwise parameterless(Class<?> type) {
    if (type == ActivationReLU6.class) {
      return org.conv4j.activation.Activation.RELU6;
    }
    if (type == ActivationSELU.class) {
      return ElementwiseFunction.SELU;
    }
    if (type == ActivationSigmoid.class) {
      return ElementwiseFunction.SIGMOID;
    }
    if (type == ActivationHardSigmoid.class) {
      return org.conv4j.activation.Activation.HARD_SIGMOID_KERAS_2;
    }
    if (type == ActivationTanH.class) {
      return ElementwiseFunction.TANH;
    }
    if (type == ActivationHardTanH.class) {
      return ElementwiseFunction.HARD_TANH;
    }
    if (type == ActivationSoftPlus.class) {
      return ElementwiseFunction.SOFTPLUS;
    }
    if (type == ActivationSoftSign.class) {
      return ElementwiseFunction.SOFTSIGN;
    }
    if (type == ActivationSwish.class) {
      return ElementwiseFunction.SILU;
    }
    if (type == ActivationMish.class) {
      return ElementwiseFunction.MISH;
    }
    throw new Unsupported("the activation function " + type.getSimpleName() + " is not known");
  }

  private static Elementwise relu(ActivationReLU relu) {
    double max = relu.getMax() == null ? Double.POSITIVE_INFINITY : relu.getMax();
    double threshold = relu.getThreshold() == null ? 0 : relu.getThreshold();
    double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
    return new Elementwise.Relu(max, slope, threshold);
  }

  private static Elementwise leaky(double slope) {
    return new Elementwise.Relu(Double.POSITIVE_INFINITY, slope, 0);
  }

  private static SymbolicTensor cube(Draft draft, String step, SymbolicTensor in) {
    SymbolicTensor square = elementwise(draft, step + ".square", ElementwiseFunction.SQUARE, in);
    return draft.apply(new Arithmetic(step, BinaryFunction.MULTIPLY, null, null), square, in);
  }

  /**
   * {@code x sigmoid(1.702 x)}. What Deeplearning4j calls precise is {@code x sigmoid(2 sqrt(2/pi)
   * (x + (0.044715 x)^3))}, where others have the cube of x only.
   */
  private static SymbolicTensor gelu(Draft draft, String step, boolean precise, SymbolicTensor in) {
    SymbolicTensor inner = in;
    if (precise) {
      SymbolicTensor small = times(draft, step + ".small", in, 0.044715);
      SymbolicTensor cube = cube(draft, step + ".cube", small);
      inner = binary(draft, step + ".inner", BinaryFunction.ADD, in, cube);
    }
    double factor = precise ? 2 * Math.sqrt(2 / Math.PI) : 1.702;
    SymbolicTensor scaled = times(draft, step + ".scaled", inner, factor);
    SymbolicTensor share =
        elementwise(draft, step + ".sigmoid", ElementwiseFunction.SIGMOID, scaled);
    return binary(draft, step, BinaryFunction.MULTIPLY, in, share);
  }

  /**
   * {@code 1.7159 tanh(2x/3)}, approximated with y = 2x/3 as {@code 1.7159 sgn(y) (1 - 1 / (1 + |y|
   * + y^2 + 1.41645 y^4))}.
   */
  private static SymbolicTensor rationalTanh(Draft draft, String step, SymbolicTensor in) {
    SymbolicTensor y = times(draft, step + ".y", in, 2.0 / 3);
    SymbolicTensor size = elementwise(draft, step + ".abs", ElementwiseFunction.ABSOLUTE, y);
    SymbolicTensor square = elementwise(draft, step + ".y2", ElementwiseFunction.SQUARE, y);
    SymbolicTensor fourth = elementwise(draft, step + ".y4", ElementwiseFunction.SQUARE, square);
    SymbolicTensor low = binary(draft, step + ".low", BinaryFunction.ADD, size, square);
    SymbolicTensor high = times(draft, step + ".high", fourth, 1.41645);
    SymbolicTensor terms = binary(draft, step + ".terms", BinaryFunction.ADD, low, high);
    SymbolicTensor sum =
        draft.apply(new Arithmetic(step + ".sum", BinaryFunction.ADD, null, number(1)), terms);
    SymbolicTensor part = elementwise(draft, step + ".part", ElementwiseFunction.RECIPROCAL, sum);
    SymbolicTensor rest =
        draft.apply(new Arithmetic(step + ".rest", BinaryFunction.SUBTRACT, number(1), null), part);
    SymbolicTensor sign = elementwise(draft, step + ".sign", ElementwiseFunction.SIGN, y);
    SymbolicTensor signed = binary(draft, step + ".signed", BinaryFunction.MULTIPLY, rest, sign);
    return times(draft, step, signed, 1.7159);
  }

  /** Raises magnitudes to a power. */
  static SymbolicTensor power(Draft draft, String name, SymbolicTensor in, double exponent) {
    return draft.apply(new Arithmetic(name, BinaryFunction.POWER, null, number(exponent)), in);
  }

  static SymbolicTensor elementwise(
      Draft draft, String name, Elementwise function, SymbolicTensor in) {
    return draft.apply(new Activation(name, function), in);
  }

  static SymbolicTensor times(Draft draft, String name, SymbolicTensor in, double factor) {
    return draft.apply(new Arithmetic(name, BinaryFunction.MULTIPLY, null, number(factor)), in);
  }

  private static SymbolicTensor binary(
      Draft draft, String name, BinaryFunction function, SymbolicTensor a, SymbolicTensor b) {
    return draft.apply(new Arithmetic(name, function, null, null), a, b);
  }

  static Constant number(double value) {
    return Constant.of(Shape.of(), value);
  }
}
