package org.conv4j.onnx.shape;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.shape.Shape;

/**
 * A tensor whose elements are known as soon as the shapes of some values of the model are: an
 * expression over constants and shapes. Immutable; compared by identity, for a part that several
 * expressions share is computed once.
 */
public final class Known {
  private final Numbers numbers;
  private final NodeInfo node;
  private final List<Known> inputs;
  private final int output;
  private final Object value;
  private final TensorType type;

  private Known(
      Numbers numbers,
      NodeInfo node,
      List<Known> inputs,
      int output,
      Object value,
      TensorType type) {
    this.numbers = numbers;
    this.node = node;
    this.inputs = inputs;
    this.output = output;
    this.value = value;
    this.type = type;
  }

  /** A constant. */
  public static Known of(Numbers numbers) {
    return new Known(numbers, null, List.of(), 0, null, numbers.type());
  }

  /** The shape of a value, or for Size the number of its elements, as a node tells it. */
  public static Known shapeOf(NodeInfo node, Object value) {
    return new Known(null, node, List.of(), 0, value, TensorType.INT64);
  }

  /**
   * One output of a node.
   *
   * @param node the node
   * @param inputs its inputs, null where one is left out
   * @param output which output
   * @param type the type of its elements
   */
  public static Known applied(NodeInfo node, List<Known> inputs, int output, TensorType type) {
    return new Known(null, node, new ArrayList<>(inputs), output, null, type);
  }

  /** The elements, or null if they depend on shapes. */
  public Numbers numbers() {
    return numbers;
  }

  /** The type of the elements. */
  public TensorType type() {
    return type;
  }

  /** Everything that an expression is made of, each part after those that it needs. */
  public static List<Known> order(List<Known> roots) {
    List<Known> order = new ArrayList<>();
    Map<Known, Boolean> done = new IdentityHashMap<>();
    List<Known> stack = new ArrayList<>(roots);
    while (!stack.isEmpty()) {
      Known top = stack.get(stack.size() - 1);
      Boolean state = done.get(top);
      if (state == null) {
        done.put(top, false);
        for (Known input : top.inputs) {
          if (input != null && !done.containsKey(input)) {
            stack.add(input);
          }
        }
        continue;
      }
      stack.remove(stack.size() - 1);
      if (!state) {
        done.put(top, true);
        order.add(top);
      }
    }
    return order;
  }

  /** The values whose shapes an expression needs. */
  public static List<Object> values(List<Known> order) {
    Map<Object, Object> values = new IdentityHashMap<>();
    List<Object> found = new ArrayList<>();
    for (Known part : order) {
      if (part.value != null && values.put(part.value, part.value) == null) {
        found.add(part.value);
      }
    }
    return found;
  }

  /** What it is computed of, null where an optional input is left out. */
  List<Known> inputs() {
    return inputs;
  }

  /** Computes this part. */
  Numbers compute(Map<Known, Numbers> results, Map<Object, Shape> shapes) {
    if (numbers != null) {
      return numbers;
    }
    if (value != null) {
      Shape shape = shapes.get(value);
      return node.operator().equals("Size")
          ? Numbers.vector(shape.elementCount()).reshape()
          : NumberOperators.shape(node, shape.toArray());
    }
    if (isChoice()) {
      return results.get(chosen(results));
    }
    List<Numbers> given = new ArrayList<>();
    for (Known input : inputs) {
      given.add(input == null ? null : results.get(input));
    }
    return NumberOperators.apply(node, given, output);
  }

  /** Whether this is one of two others, of which the other one must not be computed. */
  boolean isChoice() {
    return value == null && node != null && node.operator().equals("If");
  }

  /** The input that a choice takes, once its condition is known. */
  Known chosen(Map<Known, Numbers> results) {
    return inputs.get(results.get(inputs.get(0)).truth(node) ? 1 : 2);
  }
}
