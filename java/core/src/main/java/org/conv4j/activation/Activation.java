package org.conv4j.activation;

import org.conv4j.activation.Elementwise.Relu;

/**
 * What a layer applies to its result: an {@link Elementwise} function, or a {@link Softmax} over an
 * axis. The constants are Keras's functions of those names with Keras's default parameters.
 */
public sealed interface Activation permits Elementwise, Softmax {
  /** {@code x}. */
  Elementwise LINEAR = ElementwiseFunction.LINEAR;

  /** {@code max(x, 0)}. */
  Elementwise RELU = new Relu(Double.POSITIVE_INFINITY, 0, 0);

  /** {@code min(max(x, 0), 6)}. */
  Elementwise RELU6 = new Relu(6, 0, 0);

  /** {@code x >= 0 ? x : 0.2 x}. */
  Elementwise LEAKY_RELU = new Relu(Double.POSITIVE_INFINITY, 0.2, 0);

  /** {@code x >= 0 ? x : exp(x) - 1}. */
  Elementwise ELU = new Elementwise.Elu(1);

  /** The scaled ELU of self-normalising networks. */
  Elementwise SELU = ElementwiseFunction.SELU;

  /** {@code max(x, 0) + exp(min(x, 0)) - 1}. */
  Elementwise CELU = new Elementwise.Celu(1);

  /** {@code 1 / (1 + exp(-x))}. */
  Elementwise SIGMOID = ElementwiseFunction.SIGMOID;

  /** {@code min(max(x / 6 + 1/2, 0), 1)}: Keras 3's. */
  Elementwise HARD_SIGMOID = ElementwiseFunction.HARD_SIGMOID;

  /** {@code min(max(0.2 x + 1/2, 0), 1)}: what Keras 1, Keras 2 and TensorFlow.js call so. */
  Elementwise HARD_SIGMOID_KERAS_2 = new Elementwise.HardSigmoid(0.2, 0.5);

  /** {@code min(max((x + 1) / 2, 0), 1)}. */
  Elementwise SPARSE_SIGMOID = ElementwiseFunction.SPARSE_SIGMOID;

  /** {@code log(sigmoid(x))}. */
  Elementwise LOG_SIGMOID = ElementwiseFunction.LOG_SIGMOID;

  /** The hyperbolic tangent. */
  Elementwise TANH = ElementwiseFunction.TANH;

  /** {@code min(max(x, -1), 1)}. */
  Elementwise HARD_TANH = ElementwiseFunction.HARD_TANH;

  /** {@code x - tanh(x)}. */
  Elementwise TANH_SHRINK = ElementwiseFunction.TANH_SHRINK;

  /** {@code |x| > 0.5 ? x : 0}. */
  Elementwise HARD_SHRINK = new Elementwise.HardShrink(0.5);

  /** {@code x} moved towards 0 by 0.5, not past it. */
  Elementwise SOFT_SHRINK = new Elementwise.SoftShrink(0.5);

  /** {@code log(1 + exp(x))}. */
  Elementwise SOFTPLUS = ElementwiseFunction.SOFTPLUS;

  /** {@code x / (1 + |x|)}. */
  Elementwise SOFTSIGN = ElementwiseFunction.SOFTSIGN;

  /** {@code (x + sqrt(x^2 + 4)) / 2}. */
  Elementwise SQUAREPLUS = new Elementwise.Squareplus(4);

  /** 0 below -1, {@code (x + 1)^2 / 4} up to 1, then {@code x}. */
  Elementwise SPARSE_PLUS = ElementwiseFunction.SPARSE_PLUS;

  /** {@code x sigmoid(x)}, also called swish. */
  Elementwise SILU = ElementwiseFunction.SILU;

  /** {@code x hard_sigmoid(x)}, also called hard swish. */
  Elementwise HARD_SILU = ElementwiseFunction.HARD_SILU;

  /** {@code x P(X <= x)} for a standard normal X: the exact form, Keras's default. */
  Elementwise GELU = ElementwiseFunction.GELU;

  /** GELU approximated with tanh: {@code gelu(x, approximate=True)}. */
  Elementwise GELU_TANH = ElementwiseFunction.GELU_TANH;

  /** {@code exp(x)}. */
  Elementwise EXPONENTIAL = ElementwiseFunction.EXPONENTIAL;

  /** {@code x tanh(softplus(x))}. */
  Elementwise MISH = ElementwiseFunction.MISH;

  /** Softmax over the last axis. */
  Softmax SOFTMAX = new Softmax(-1, false);

  /** Logarithm of the softmax over the last axis. */
  Softmax LOG_SOFTMAX = new Softmax(-1, true);
}
