package org.conv4j.lowering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.Softmax;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.op.Op;
import org.conv4j.op.Permute;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Writes a program in float32, which {@link Program#as} changes: layers append ops, this class
 * numbers their values and keeps track of how each lies in memory.
 *
 * <p>Memory is channels-last throughout. A channels-first layer therefore reads its input through a
 * {@link Permute} only where the value really is stored channels-first, which is at the border of
 * the program; between two channels-first layers nothing is copied. Not thread-safe.
 */
public final class Lowering {
  private final List<Shape> inputs;
  private final Map<Integer, Constant> constants = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, Step> writers = new HashMap<>();
  private final Budget stepsLeft;
  private final Budget bytesLeft;
  private int values;
  private String scope = "";

  /**
   * Starts a program.
   *
   * @param inputs the shapes of its inputs, as Keras sees them
   * @throws ShapeMismatchException if an extent is unknown
   */
  public Lowering(List<Shape> inputs) {
    this(inputs, Limits.DEFAULT);
  }

  /**
   * Starts a program.
   *
   * @param inputs the shapes of its inputs, as Keras sees them
   * @param limits how many steps and bytes of constants it may have
   * @throws ShapeMismatchException if an extent is unknown
   */
  public Lowering(List<Shape> inputs, Limits limits) {
    for (Shape input : inputs) {
      if (!input.isKnown()) {
        throw new ShapeMismatchException(
            "A program's inputs need known extents; given %s.".formatted(input));
      }
    }
    this.inputs = List.copyOf(inputs);
    this.values = inputs.size();
    this.stepsLeft = limits.budget(Limit.STEPS, "The program");
    this.bytesLeft = limits.budget(Limit.CONSTANT_BYTES, "The program");
  }

  /**
   * Returns one of the program's inputs.
   *
   * @param index which, counted from 0
   * @return the value
   */
  public Value input(int index) {
    Shape shape = inputs.get(index);
    return shape.isEmpty() ? empty(shape) : new Value(index, shape, DataFormat.CHANNELS_LAST);
  }

  /**
   * Returns a value without elements. Ops do not take it; only the program can return it.
   *
   * @param shape an {@linkplain Shape#isEmpty empty} shape
   * @return the value
   */
  public Value empty(Shape shape) {
    return new Value(Program.NOTHING, shape, DataFormat.CHANNELS_LAST);
  }

  /**
   * Adds a value that is the same in every run.
   *
   * @param constant its elements
   * @return the value
   */
  public Value constant(Constant constant) {
    count(constant);
    int id = values++;
    constants.put(id, constant);
    return new Value(id, constant.shape(), DataFormat.CHANNELS_LAST);
  }

  /**
   * Returns what computes a value, for layers that only together are one op.
   *
   * @param value a number that a {@link Value} has
   * @return the step, or nothing if none writes the value
   */
  public Optional<Step> writer(int value) {
    return Optional.ofNullable(writers.get(value));
  }

  /**
   * Says which part of a model the layers that come next belong to.
   *
   * @param prefix what stands before their names, for example {@code encoder/}; empty at the top
   */
  public void scope(String prefix) {
    scope = prefix;
  }

  /**
   * Returns what {@link #scope(String)} was given last.
   *
   * @return what stands before the names of layers; empty at the top
   */
  public String scope() {
    return scope;
  }

  /**
   * Returns a value stored channels-last, copying it only if it is not.
   *
   * @param layer the name of the layer that needs it
   * @param value the value
   * @param seen the position of the channels in the value as Keras sees it
   * @return a value whose {@link Value#stored} shape is channels-last
   */
  public Value channelsLast(String layer, Value value, DataFormat seen) {
    if (value.view() == seen) {
      return value;
    }
    Value plain = asSeen(layer, value);
    if (seen == DataFormat.CHANNELS_LAST) {
      return plain;
    }
    IntTuple axes = seen.axesToChannelsLast(plain.shape().rank());
    return new Value(reorder(layer, plain, axes), plain.shape(), seen);
  }

  /**
   * Returns a value stored as Keras sees it, copying it only if it is not.
   *
   * @param layer the name of the layer that needs it
   * @param value the value
   * @return a value whose {@link Value#stored} shape is its {@link Value#shape}
   */
  public Value asSeen(String layer, Value value) {
    if (value.view() == DataFormat.CHANNELS_LAST) {
      return value;
    }
    IntTuple axes = value.view().axesFromChannelsLast(value.shape().rank());
    return new Value(reorder(layer, value, axes), value.shape(), DataFormat.CHANNELS_LAST);
  }

  /**
   * Returns values that all lie in memory in the same way, copying as few as possible.
   *
   * @param layer the name of the layer that needs them
   * @param values values of equal rank
   * @return the values with equal {@link Value#view}
   */
  public List<Value> sameView(String layer, List<Value> values) {
    DataFormat view = DataFormat.CHANNELS_LAST;
    for (Value value : values) {
      if (value.view() == DataFormat.CHANNELS_FIRST) {
        view = DataFormat.CHANNELS_FIRST;
      }
    }
    List<Value> same = new ArrayList<>();
    for (Value value : values) {
      same.add(channelsLast(layer, value, view));
    }
    return same;
  }

  /**
   * Returns a value with its dimensions reordered, copying it only if no view of it will do.
   *
   * @param layer the name of the layer that needs it
   * @param value the value
   * @param axes for each dimension of the result as Keras sees it, the dimension of the value
   * @return the reordered value
   */
  public Value permute(String layer, Value value, IntTuple axes) {
    Shape seen = value.shape().permute(axes);
    IntTuple stored = IntTuple.generate(axes.size(), i -> value.storedAxis(axes.get(i)));
    IntTuple last = DataFormat.CHANNELS_FIRST.axesToChannelsLast(axes.size());
    IntTuple asFirst = IntTuple.generate(axes.size(), i -> stored.get(last.get(i)));
    if (!keepsOrder(value.stored(), stored) && keepsOrder(value.stored(), asFirst)) {
      return new Value(value.id(), seen, DataFormat.CHANNELS_FIRST);
    }
    return new Value(reorder(layer, value, stored), seen, DataFormat.CHANNELS_LAST);
  }

  /** The number of a value that holds another one's stored elements in another order. */
  private int reorder(String layer, Value value, IntTuple axes) {
    Shape stored = value.stored();
    return stored.isEmpty() || keepsOrder(stored, axes)
        ? value.id()
        : step(layer, new Permute(stored, axes), List.of(value), List.of());
  }

  /** Moving dimensions of extent 1 leaves every element where it is. */
  private static boolean keepsOrder(Shape shape, IntTuple axes) {
    int last = -1;
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      if (shape.dim(axis) > 1 && axis < last) {
        return false;
      }
      last = shape.dim(axis) > 1 ? axis : last;
    }
    return true;
  }

  /**
   * Returns the same elements in another shape. This costs nothing for a value that is stored as
   * Keras sees it.
   *
   * @param layer the name of the layer that needs it
   * @param value the value
   * @param shape a shape of as many elements, as Keras sees it
   * @return the value in that shape, stored as Keras sees it
   */
  public Value reshape(String layer, Value value, Shape shape) {
    if (shape.elementCount() != value.shape().elementCount()) {
      throw new ShapeMismatchException(
          "Layer '%s': %s cannot be reshaped to %s, which has another number of elements."
              .formatted(scope + layer, value.shape(), shape));
    }
    return new Value(asSeen(layer, value).id(), shape, DataFormat.CHANNELS_LAST);
  }

  /**
   * Appends an op with one input.
   *
   * @param layer the name of the layer it comes from
   * @param op the operation, on stored shapes
   * @param in the value it reads
   * @param weights its constants, in the order that the op documents
   * @param seen the position of the channels in the result as Keras sees it; memory holds it
   *     channels-last
   * @return the result
   */
  public Value append(String layer, Op op, Value in, List<Constant> weights, DataFormat seen) {
    return append(layer, op, List.of(in), weights, seen);
  }

  /**
   * Appends an op.
   *
   * @param layer the name of the layer it comes from
   * @param op the operation, on stored shapes
   * @param in the values it reads
   * @param weights its constants, in the order that the op documents
   * @param seen the position of the channels in the result as Keras sees it; memory holds it
   *     channels-last
   * @return the result
   */
  public Value append(
      String layer, Op op, List<Value> in, List<Constant> weights, DataFormat seen) {
    Shape shape = op.output().permute(seen.axesFromChannelsLast(op.output().rank()));
    return new Value(step(layer, op, in, weights), shape, seen);
  }

  /**
   * Appends what of an activation does not fit into the op before it.
   *
   * @param layer the name of the layer it comes from
   * @param activation the activation; an element-wise one belongs into the op and adds nothing here
   * @param in the value it is applied to
   * @return the result
   */
  public Value activate(String layer, Activation activation, Value in) {
    if (!(activation instanceof Softmax softmax)) {
      return in;
    }
    int rank = in.shape().rank();
    if (softmax.axis() < -rank || softmax.axis() >= rank || softmax.axis() % rank == 0) {
      throw new InvalidLayerException(
          ("Layer '%s': the softmax axis must be from %d to %d for an output of shape %s, and not"
                  + " the batch's; given %d.")
              .formatted(layer, -rank, rank - 1, in.shape(), softmax.axis()));
    }
    int axis = in.storedAxis(Math.floorMod(softmax.axis(), rank));
    Op op = new org.conv4j.op.Softmax(in.stored(), axis, softmax.log());
    return append(layer, op, in, List.of(), in.view());
  }

  /**
   * Returns the part of an activation that an op can apply itself.
   *
   * @param activation the activation
   * @return itself if it is element-wise, else {@link Activation#LINEAR}
   */
  public static Elementwise fused(Activation activation) {
    return activation instanceof Elementwise elementwise ? elementwise : Activation.LINEAR;
  }

  /**
   * Ends the program.
   *
   * @param results the values that it returns
   * @return the program
   */
  public Program finish(List<Value> results) {
    List<Integer> outputs = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    Set<Integer> taken = new HashSet<>(constants.keySet());
    for (int i = 0; i < inputs.size(); i++) {
      taken.add(i);
    }
    scope = "";
    for (Value result : results) {
      Value output = asSeen("output", result);
      if (output.shape().isEmpty()) {
        outputs.add(Program.NOTHING);
        shapes.add(output.shape());
        continue;
      }
      if (taken.contains(output.id())) {
        output = copy(output);
      }
      taken.add(output.id());
      outputs.add(output.id());
      shapes.add(output.shape());
    }
    return Program.of(inputs, constants, steps, outputs, shapes);
  }

  /** A result needs memory of its own: the caller's tensor. */
  private Value copy(Value value) {
    // Engines copy along axes: a single number has one, too.
    Shape stored = value.shape().rank() == 0 ? Shape.of(1) : value.shape();
    IntTuple sameOrder = IntTuple.generate(stored.rank(), i -> i);
    int id = step("output", new Permute(stored, sameOrder), List.of(value), List.of());
    return new Value(id, value.shape(), DataFormat.CHANNELS_LAST);
  }

  private int step(String layer, Op op, List<Value> in, List<Constant> weights) {
    stepsLeft.spend(1);
    int id = values++;
    List<Integer> reads = new ArrayList<>();
    for (Value value : in) {
      if (value.shape().isEmpty()) {
        throw new ShapeMismatchException(
            "Layer '%s' needs elements; given %s.".formatted(scope + layer, value.shape()));
      }
      reads.add(value.id());
    }
    for (Constant constant : weights) {
      count(constant);
    }
    Step step = new Step(scope + layer, op, reads, id, weights);
    steps.add(step);
    writers.put(id, step);
    return id;
  }

  /** Weights stay where they are until they are needed; what layers compute of them does not. */
  private void count(Constant constant) {
    if (constant instanceof Constant.Computed computed) {
      bytesLeft.spend((long) computed.numbers().length * Double.BYTES);
    }
  }
}
