package org.conv4j.testkit;

import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.op.Binary;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Op;
import org.conv4j.op.Scale;

/**
 * An op as what it computes first and the element-wise function that it applies last.
 *
 * @param op the op without the function
 * @param activation the function, linear if the op has none
 */
record LinearPart(Op op, Elementwise activation) {
  private static final Elementwise NONE = Activation.LINEAR;

  static LinearPart of(Op op) {
    if (op instanceof Binary b) {
      return new LinearPart(new Binary(b.left(), b.right(), b.function(), NONE), b.activation());
    }
    if (op instanceof Convolution c) {
      return new LinearPart(
          new Convolution(
              c.input(), c.output(), c.window(), c.groups(), c.bias(), c.residual(), NONE),
          c.activation());
    }
    if (op instanceof Deconvolution d) {
      return new LinearPart(
          new Deconvolution(d.input(), d.output(), d.window(), d.bias(), NONE), d.activation());
    }
    if (op instanceof Eltwise e) {
      return new LinearPart(new Eltwise(e.input(), NONE), e.activation());
    }
    if (op instanceof InnerProduct p) {
      return new LinearPart(new InnerProduct(p.input(), p.units(), p.bias(), NONE), p.activation());
    }
    if (op instanceof Scale s) {
      return new LinearPart(new Scale(s.input(), NONE), s.activation());
    }
    return new LinearPart(op, NONE);
  }
}
