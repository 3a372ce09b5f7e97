package org.conv4j.testkit.cases;

import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.op.Activated;
import org.conv4j.op.Op;

/**
 * An op as what it computes first and the element-wise function that it applies last.
 *
 * @param op the op without the function
 * @param activation the function, linear if the op has none
 */
public record LinearPart(Op op, Elementwise activation) {
  /**
   * Takes an op apart.
   *
   * @param op any op
   * @return its parts
   */
  public static LinearPart of(Op op) {
    return op instanceof Activated activated
        ? new LinearPart(activated.withActivation(Activation.LINEAR), activated.activation())
        : new LinearPart(op, Activation.LINEAR);
  }
}
