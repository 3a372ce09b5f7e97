package org.conv4j.lowering;

import java.util.List;
import org.conv4j.op.Op;
import org.conv4j.tensor.Tensor;

/**
 * One op of a program.
 *
 * @param layer the path of the layer it comes from, for messages
 * @param op the operation
 * @param inputs the values it reads, in the order of {@link Op#inputs}
 * @param output the value it writes
 * @param constants its weights, in the order that the op documents; owned by whoever made them and
 *     read only while the program is compiled
 */
public record Step(String layer, Op op, List<Integer> inputs, int output, List<Tensor> constants) {
  /**
   * Copies the lists.
   *
   * @param layer see {@link #layer}
   * @param op see {@link #op}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param constants see {@link #constants}
   */
  public Step {
    inputs = List.copyOf(inputs);
    constants = List.copyOf(constants);
  }
}
