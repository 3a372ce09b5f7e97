package org.conv4j.lowering;

import java.util.List;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.ValueType;
import org.conv4j.weights.Constant;

/**
 * One op of a program.
 *
 * @param layer the path of the layer it comes from, for messages
 * @param fused the paths of the layers that were merged into it
 * @param op the operation
 * @param inputs the values it reads, in the order of {@link Op#inputs}
 * @param output the value it writes
 * @param type the type of that value
 * @param constants its weights, in the order that the op documents; converted to the data type of
 *     what it writes when a plan is compiled
 */
public record Step(
    String layer,
    List<String> fused,
    Op op,
    List<Integer> inputs,
    int output,
    ValueType type,
    List<Constant> constants) {
  /**
   * Copies the lists and holds them against the op.
   *
   * @param layer see {@link #layer}
   * @param fused see {@link #fused}
   * @param op see {@link #op}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param type see {@link #type}
   * @param constants see {@link #constants}
   * @throws InvalidLayerException if something is missing, or the op reads another number of values
   * @throws ShapeMismatchException if the constants are not those that the op documents, or the
   *     type has another shape than its output
   */
  public Step {
    InvalidLayerException.requirePresent(layer, "The layer of a step");
    InvalidLayerException.requirePresent(op, "Layer '" + layer + "': an op");
    InvalidLayerException.requirePresent(type, "Layer '" + layer + "': the type of the output");
    fused = InvalidLayerException.requireCopy(fused, "The layers merged into a step");
    inputs = InvalidLayerException.requireCopy(inputs, "The values that a step reads");
    constants = InvalidLayerException.requireCopy(constants, "The constants of a step");
    if (inputs.size() != op.inputs().size()) {
      throw new InvalidLayerException(
          "Layer '%s': a %s reads %d values; given %d."
              .formatted(layer, name(op), op.inputs().size(), inputs.size()));
    }
    if (!type.shape().equals(op.output())) {
      throw new ShapeMismatchException(
          "Layer '%s': a %s writes %s, which cannot be a value of type %s."
              .formatted(layer, name(op), op.output(), type));
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

  private static ValueType float32(String layer, Op op) {
    return ValueType.of(
        DataType.FLOAT32,
        InvalidLayerException.requirePresent(op, "Layer '" + layer + "': an op").output());
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
   * Describes a step into which nothing was merged, and which writes float32.
   *
   * @param layer see {@link #layer}
   * @param op see {@link #op}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param constants see {@link #constants}
   */
  public Step(String layer, Op op, List<Integer> inputs, int output, List<Constant> constants) {
    this(layer, List.of(), op, inputs, output, float32(layer, op), constants);
  }

  /**
   * Sets the layers that were merged into it.
   *
   * @param layers their paths
   * @return a changed copy
   */
  public Step withFused(List<String> layers) {
    return new Step(layer, layers, op, inputs, output, type, constants);
  }

  /**
   * Sets what it computes, from the same values.
   *
   * @param other the operation
   * @return a changed copy
   */
  public Step withOp(Op other) {
    ValueType changed = type.withShape(other.output());
    return new Step(layer, fused, other, inputs, output, changed, constants);
  }

  /**
   * Sets the values it reads.
   *
   * @param values in the order of {@link Op#inputs}
   * @return a changed copy
   */
  public Step withInputs(List<Integer> values) {
    return new Step(layer, fused, op, values, output, type, constants);
  }

  /**
   * Sets the type of the value it writes.
   *
   * @param other see {@link #type}
   * @return a changed copy, or this if nothing changes
   */
  public Step withType(ValueType other) {
    return other == type ? this : new Step(layer, fused, op, inputs, output, other, constants);
  }
}
