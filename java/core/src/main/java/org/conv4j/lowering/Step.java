package org.conv4j.lowering;

import java.util.List;
import org.conv4j.op.Op;

/**
 * One op of a program.
 *
 * @param layer the path of the layer it comes from, for messages
 * @param fused the paths of the layers that were merged into it
 * @param op the operation
 * @param inputs the values it reads, in the order of {@link Op#inputs}
 * @param output the value it writes
 * @param constants its weights, in the order that the op documents
 */
public record Step(
    String layer,
    List<String> fused,
    Op op,
    List<Integer> inputs,
    int output,
    List<Constant> constants) {
  /**
   * Copies the lists.
   *
   * @param layer see {@link #layer}
   * @param fused see {@link #fused}
   * @param op see {@link #op}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param constants see {@link #constants}
   */
  public Step {
    fused = List.copyOf(fused);
    inputs = List.copyOf(inputs);
    constants = List.copyOf(constants);
  }

  /**
   * Describes a step into which nothing was merged.
   *
   * @param layer see {@link #layer}
   * @param op see {@link #op}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param constants see {@link #constants}
   */
  public Step(String layer, Op op, List<Integer> inputs, int output, List<Constant> constants) {
    this(layer, List.of(), op, inputs, output, constants);
  }

  /**
   * Sets the layers that were merged into it.
   *
   * @param layers their paths
   * @return a changed copy
   */
  public Step withFused(List<String> layers) {
    return new Step(layer, layers, op, inputs, output, constants);
  }

  /**
   * Sets what it computes, from the same values.
   *
   * @param other the operation
   * @return a changed copy
   */
  public Step withOp(Op other) {
    return new Step(layer, fused, other, inputs, output, constants);
  }

  /**
   * Sets the values it reads.
   *
   * @param values in the order of {@link Op#inputs}
   * @return a changed copy
   */
  public Step withInputs(List<Integer> values) {
    return new Step(layer, fused, op, values, output, constants);
  }
}
