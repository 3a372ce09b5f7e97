package org.conv4j.testkit;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.activation.Softmax;

/** The activations that tests draw. */
public final class Activations {
  /** Every element-wise function, those with parameters several times. */
  public static final List<Elementwise> ELEMENTWISE =
      List.of(
          Activation.LINEAR,
          Activation.RELU,
          Activation.RELU6,
          Activation.LEAKY_RELU,
          new Elementwise.Relu(1.5, 0.1, 0.25),
          Activation.ELU,
          new Elementwise.Elu(0.5),
          Activation.SELU,
          Activation.CELU,
          new Elementwise.Celu(0.5),
          Activation.SIGMOID,
          Activation.HARD_SIGMOID,
          Activation.HARD_SIGMOID_KERAS_2,
          Activation.SPARSE_SIGMOID,
          Activation.LOG_SIGMOID,
          Activation.TANH,
          Activation.HARD_TANH,
          Activation.TANH_SHRINK,
          Activation.HARD_SHRINK,
          Activation.SOFT_SHRINK,
          Activation.SOFTPLUS,
          Activation.SOFTSIGN,
          Activation.SQUAREPLUS,
          Activation.SPARSE_PLUS,
          Activation.SILU,
          Activation.HARD_SILU,
          Activation.GELU,
          Activation.GELU_TANH,
          Activation.EXPONENTIAL,
          Activation.MISH,
          ElementwiseFunction.SINE,
          ElementwiseFunction.ARC_TANGENT,
          ElementwiseFunction.ERROR_FUNCTION,
          ElementwiseFunction.INVERSE_HYPERBOLIC_SINE);

  /** Functions that turn whole numbers into whole numbers. */
  public static final List<Elementwise> WHOLE =
      List.of(
          Activation.LINEAR,
          Activation.LINEAR,
          Activation.RELU,
          Activation.RELU6,
          new Elementwise.Relu(5, 0, 2),
          new Elementwise.Relu(Double.POSITIVE_INFINITY, 2, 0));

  /** Functions of whole lines. */
  static final List<Softmax> SOFTMAX =
      List.of(Activation.SOFTMAX, Activation.LOG_SOFTMAX, new Softmax(1, false));

  private Activations() {}
}
