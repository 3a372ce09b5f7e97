package org.conv4j.op;

import org.conv4j.activation.Elementwise;

/** An op that applies an element-wise function last. */
public sealed interface Activated extends Op permits Binary, Eltwise, Scale, Weighted {
  /**
   * Returns the function.
   *
   * @return the function, linear if nothing is to be applied
   */
  Elementwise activation();

  /**
   * Sets the function.
   *
   * @param function the function
   * @return a changed copy
   */
  Activated withActivation(Elementwise function);
}
