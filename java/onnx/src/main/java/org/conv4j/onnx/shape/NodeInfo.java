package org.conv4j.onnx.shape;

import java.util.Map;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.onnx.format.Attribute;

/**
 * A node without its wires: what an operator needs to know about it.
 *
 * @param name a name that no other node of the model has
 * @param operator the operator's name
 * @param opset the version of the operators
 * @param attributes by name
 * @param outputs how many outputs it has
 */
public record NodeInfo(
    String name, String operator, int opset, Map<String, Attribute> attributes, int outputs) {
  /** Whether an attribute is given. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** A whole number, or a default. */
  public int integer(String attribute, int otherwise) {
    Attribute found = attributes.get(attribute);
    return found == null ? otherwise : toInt(found.number(), attribute);
  }

  /** A truth value, or a default. */
  public boolean flag(String attribute, boolean otherwise) {
    return integer(attribute, otherwise ? 1 : 0) != 0;
  }

  /** A real number, or a default. */
  public double real(String attribute, double otherwise) {
    Attribute found = attributes.get(attribute);
    return found == null ? otherwise : shortest(found.real());
  }

  /** A text, or a default. */
  public String text(String attribute, String otherwise) {
    Attribute found = attributes.get(attribute);
    return found == null ? otherwise : found.text();
  }

  /** Whole numbers, or null. */
  public long[] integers(String attribute) {
    Attribute found = attributes.get(attribute);
    return found == null ? null : found.numbers();
  }

  /** Real numbers, or null. */
  public double[] reals(String attribute) {
    Attribute found = attributes.get(attribute);
    if (found == null) {
      return null;
    }
    double[] reals = new double[found.reals().length];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = found.reals()[i];
    }
    return reals;
  }

  /** A number that fits an {@code int}. */
  public int toInt(long number, String what) {
    if (number != (int) number) {
      throw invalid("%s must fit 32 bits; given %d".formatted(what, number));
    }
    return (int) number;
  }

  /** An axis counted from 0. */
  public int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw invalid("an axis of %d is not from %d to %d".formatted(axis, -rank, rank - 1));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** An exception that names the node. */
  public InvalidLayerException invalid(String what) {
    return new InvalidLayerException(
        "Layer '%s' (%s, opset %d): %s.".formatted(name, operator, opset, what));
  }

  /** The number that was meant: a float's decimal digits, as 0.2 for 0.2f. */
  private static double shortest(float real) {
    return Double.parseDouble(Float.toString(real));
  }
}
