package org.conv4j.lowering;

import java.util.List;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

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
   * Copies the lists and holds them against the op.
   *
   * @param layer see {@link #layer}
   * @param fused see {@link #fused}
   * @param op see {@link #op}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param constants see {@link #constants}
   * @throws InvalidLayerException if something is missing, or the op reads another number of values
   * @throws ShapeMismatchException if the constants are not those that the op documents
   */
  public Step {
    InvalidLayerException.requirePresent(layer, "The layer of a step");
    InvalidLayerException.requirePresent(op, "Layer '" + layer + "': an op");
    fused = InvalidLayerException.requireCopy(fused, "The layers merged into a step");
    inputs = InvalidLayerException.requireCopy(inputs, "The values that a step reads");
    constants = InvalidLayerException.requireCopy(constants, "The constants of a step");
    if (inputs.size() != op.inputs().size()) {
      throw new InvalidLayerException(
          "Layer '%s': a %s reads %d values; given %d."
              .formatted(layer, name(op), op.inputs().size(), inputs.size()));
    }
    if (!fit(op.constants(), constants)) {
      throw new ShapeMismatchException(
          "Layer '%s': a %s of %s needs constants of the shapes %s; given %s."
              .formatted(
                  layer,
                  name(op),
                  op.input(),
                  op.constants(),
                  constants.stream().map(Constant::shape).toList()));
    }
  }

  private static String name(Op op) {
    return op.getClass().getSimpleName();
  }

  private static boolean fit(List<Shape> shapes, List<Constant> constants) {
    boolean fit = constants.size() == shapes.size();
    for (int i = 0; fit && i < shapes.size(); i++) {
      fit = shapes.get(i).equals(constants.get(i).shape());
    }
    return fit;
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
