package org.conv4j.onnx.call;

import java.util.List;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.shape.Evaluation;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;

/** One application of an operator while a program is written, for inputs of known shapes. */
public final class Call {
  private final NodeInfo node;
  private final int output;
  private final List<Argument> arguments;
  private final Lowering lowering;
  private final List<Value> inputs;
  private final Evaluation known;

  /** Null where only the shape of the result is wanted. */
  private final Weights weights;

  private final Emitter emitter;

  public Call(
      String name,
      NodeInfo node,
      int output,
      List<Argument> arguments,
      Lowering lowering,
      List<Value> inputs,
      Evaluation known,
      Weights weights) {
    this.node = node;
    this.output = output;
    this.arguments = arguments;
    this.lowering = lowering;
    this.inputs = inputs;
    this.known = known;
    this.weights = weights;
    this.emitter = new Emitter(lowering, name);
  }

  public NodeInfo node() {
    return node;
  }

  public String operator() {
    return node.operator();
  }

  public int opset() {
    return node.opset();
  }

  /** Which output is wanted. */
  public int output() {
    return output;
  }

  public Emitter emit() {
    return emitter;
  }

  public int count() {
    return arguments.size();
  }

  public boolean has(int index) {
    return index < arguments.size() && !(arguments.get(index) instanceof Argument.Missing);
  }

  private Argument argument(int index) {
    if (!has(index)) {
      throw node.invalid("it lacks input " + index);
    }
    return arguments.get(index);
  }

  public TensorType type(int index) {
    return argument(index).type();
  }

  /** The input as a value of the program. */
  public Value value(int index) {
    if (argument(index) instanceof Argument.Given given) {
      return inputs.get(given.input());
    }
    Shape shape = shape(index);
    return shape.isEmpty() ? lowering.empty(shape) : lowering.constant(constant(index));
  }

  public Shape shape(int index) {
    Argument argument = argument(index);
    if (argument instanceof Argument.Given given) {
      return inputs.get(given.input()).shape();
    }
    if (argument instanceof Argument.Weight weight) {
      return weight.constant().shape();
    }
    return Shape.ofElements(numbers(index).dims());
  }

  public int rank(int index) {
    return shape(index).rank();
  }

  public boolean isConstant(int index) {
    return !(argument(index) instanceof Argument.Given);
  }

  /** Whether an input has no elements. */
  public boolean isEmpty(int index) {
    return shape(index).isEmpty();
  }

  /** The input's elements, which are the same in every run. */
  public Constant constant(int index) {
    Argument argument = argument(index);
    if (isEmpty(index)) {
      throw node.invalid("input %d has no elements".formatted(index));
    }
    if (argument instanceof Argument.Weight weight) {
      return weights == null
          ? new Constant.Filled(weight.constant().shape(), 1)
          : weights.get(weight.name());
    }
    if (argument instanceof Argument.Expression expression) {
      Numbers numbers = numbers(expression);
      return Constant.of(Shape.of(numbers.dims()), numbers.reals());
    }
    throw contents(index);
  }

  /** The input's elements, where they decide about shapes or what is computed. */
  public Numbers numbers(int index) {
    Argument argument = argument(index);
    if (argument instanceof Argument.Expression expression) {
      return numbers(expression);
    }
    if (argument instanceof Argument.Weight weight) {
      if (weight.data() != null) {
        return Numbers.read(weight.data());
      }
      Constant constant = weight.constant();
      if (constant.shape().elementCount() <= Numbers.MOST) {
        return Numbers.converted(weight.type(), constant.shape().toArray(), constant.elements());
      }
    }
    throw contents(index);
  }

  private Numbers numbers(Argument.Expression expression) {
    return known.get(expression.known());
  }

  public long[] integers(int index) {
    return numbers(index).integers();
  }

  /** Whole numbers that newer operators take as an input and older ones have as an attribute. */
  public long[] integers(int index, String attribute) {
    return has(index) ? integers(index) : node.integers(attribute);
  }

  /** A real number that newer operators take as an input and older ones have as an attribute. */
  public double real(int index, String attribute, double otherwise) {
    if (!has(index)) {
      return node.real(attribute, otherwise);
    }
    Numbers numbers = numbers(index);
    if (numbers.count() != 1) {
      throw node.invalid(
          "input %d is to be one number; given %d".formatted(index, numbers.count()));
    }
    return numbers.real(0);
  }

  public int axis(String attribute, int otherwise) {
    return node.axis(node.integer(attribute, otherwise), rank(0));
  }

  private InvalidLayerException contents(int index) {
    return node.invalid(
        ("input %d must be known when a plan is compiled, but depends on the contents of a value"
                + " of the run")
            .formatted(index));
  }

  /** A constant with its dimensions in another order, rearranged when it is read. */
  public static Constant permuted(Constant constant, IntTuple axes) {
    Shape shape = constant.shape().permute(axes);
    if (constant instanceof Constant.Filled filled) {
      return filled.reshape(shape);
    }
    return new Constant.Stored(shape, new Rearrangement(constant, axes));
  }
}
