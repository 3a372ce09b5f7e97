package org.conv4j.onnx.shape;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.conv4j.limit.Budget;
import org.conv4j.shape.Shape;

/**
 * Computes expressions for some shapes, each part once, and only those that are asked for: of a
 * choice only what is chosen. Used by one thread.
 */
public final class Evaluation {
  private final Map<Object, Shape> shapes;
  private final Budget budget;
  private final Map<Known, Numbers> results = new IdentityHashMap<>();

  /**
   * Prepares.
   *
   * @param shapes the shapes of the values that the expressions need
   * @param budget counts the bytes of what is computed
   */
  public Evaluation(Map<Object, Shape> shapes, Budget budget) {
    this.shapes = shapes;
    this.budget = budget;
  }

  /** The elements of an expression. */
  public Numbers get(Known expression) {
    Deque<Known> stack = new ArrayDeque<>();
    stack.push(expression);
    while (!stack.isEmpty()) {
      Known top = stack.peek();
      if (results.containsKey(top) || !pushMissing(top, stack)) {
        stack.pop();
        if (!results.containsKey(top)) {
          Numbers result = top.compute(results, shapes);
          budget.spend((long) result.count() * Double.BYTES);
          results.put(top, result);
        }
      }
    }
    return results.get(expression);
  }

  private boolean pushMissing(Known part, Deque<Known> stack) {
    int before = stack.size();
    if (part.isChoice()) {
      Known condition = part.inputs().get(0);
      push(results.containsKey(condition) ? part.chosen(results) : condition, stack);
    } else {
      for (Known input : part.inputs()) {
        push(input, stack);
      }
    }
    return stack.size() > before;
  }

  private void push(Known input, Deque<Known> stack) {
    if (input != null && !results.containsKey(input)) {
      stack.push(input);
    }
  }
}
