package org.conv4j.lowering;

import java.util.List;
import org.conv4j.op.Op;
import org.conv4j.tensor.Tensor;

/**
 * One op of a program.
 *
 * @param layer the name of the layer it comes from, for messages
 * @param op the operation
 * @param input the value it reads
 * @param output the value it writes
 * @param constants its weights, in the order that the op documents; owned by whoever made them and
 *     read only while the program is compiled
 */
public record Step(String layer, Op op, int input, int output, List<Tensor> constants) {
  /**
   * Copies the list of constants.
   *
   * @param layer see {@link #layer}
   * @param op see {@link #op}
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param constants see {@link #constants}
   */
  public Step {
    constants = List.copyOf(constants);
  }
}
