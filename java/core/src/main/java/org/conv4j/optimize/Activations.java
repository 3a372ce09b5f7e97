package org.conv4j.optimize;

import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.op.Binary;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Op;
import org.conv4j.op.Scale;

/** The element-wise function that an op applies last. */
final class Activations {
  private Activations() {}

  /** The function, or nothing for an op that cannot apply one. */
  static Optional<Elementwise> of(Op op) {
    if (op instanceof Convolution convolution) {
      return Optional.of(convolution.activation());
    }
    if (op instanceof Deconvolution deconvolution) {
      return Optional.of(deconvolution.activation());
    }
    if (op instanceof InnerProduct product) {
      return Optional.of(product.activation());
    }
    if (op instanceof Binary binary) {
      return Optional.of(binary.activation());
    }
    if (op instanceof Scale scale) {
      return Optional.of(scale.activation());
    }
    if (op instanceof Eltwise eltwise) {
      return Optional.of(eltwise.activation());
    }
    return Optional.empty();
  }

  /** An op like another, which must be one that applies a function, with another function. */
  static Op with(Op op, Elementwise activation) {
    if (op instanceof Convolution c) {
      return new Convolution(
          c.input(), c.output(), c.window(), c.groups(), c.bias(), c.residual(), activation);
    }
    if (op instanceof Deconvolution d) {
      return new Deconvolution(d.input(), d.output(), d.window(), d.bias(), activation);
    }
    if (op instanceof InnerProduct product) {
      return new InnerProduct(product.input(), product.units(), product.bias(), activation);
    }
    if (op instanceof Binary binary) {
      return new Binary(binary.left(), binary.right(), binary.function(), activation);
    }
    if (op instanceof Scale scale) {
      return new Scale(scale.input(), activation);
    }
    if (op instanceof Eltwise eltwise) {
      return new Eltwise(eltwise.input(), activation);
    }
    throw new AssertionError(op);
  }
}
