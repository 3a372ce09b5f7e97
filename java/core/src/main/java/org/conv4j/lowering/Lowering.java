package org.conv4j.lowering;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.Softmax;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.op.Op;
import org.conv4j.op.Permute;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * Writes a program: layers append ops, this class numbers their values and keeps track of how each
 * lies in memory.
 *
 * <p>Memory is channels-last throughout. A channels-first layer therefore reads its input through a
 * {@link Permute} only where the value really is stored channels-first, which is at the border of
 * the program; between two channels-first layers nothing is copied. Not thread-safe.
 */
public final class Lowering {
  private final Shape input;
  private final List<Step> steps = new ArrayList<>();

  /**
   * Starts a program.
   *
   * @param input the shape of its input, as Keras sees it
   */
  public Lowering(Shape input) {
    this.input = input;
  }

  /**
   * Returns the program's input.
   *
   * @return value 0
   */
  public Value input() {
    return new Value(0, input, DataFormat.CHANNELS_LAST);
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
    Permute permute = new Permute(plain.shape(), seen.axesToChannelsLast(plain.shape().rank()));
    return new Value(append(layer, permute, plain, List.of()), plain.shape(), seen);
  }

  /**
   * Appends an op.
   *
   * @param layer the name of the layer it comes from
   * @param op the operation, on channels-last shapes
   * @param in the value it reads
   * @param constants its weights
   * @param seen the position of the channels in the result as Keras sees it
   * @return the result
   */
  public Value append(String layer, Op op, Value in, List<Tensor> constants, DataFormat seen) {
    Shape shape = op.output().permute(seen.axesFromChannelsLast(op.output().rank()));
    return new Value(append(layer, op, in, constants), shape, seen);
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
    if (softmax.axis() < -rank || softmax.axis() >= rank) {
      throw new InvalidLayerException(
          "Layer '%s': the softmax axis must be from %d to %d for an output of shape %s; given %d."
              .formatted(layer, -rank, rank - 1, in.shape(), softmax.axis()));
    }
    int axis = Math.floorMod(softmax.axis(), rank);
    int storedAxis = in.view().axesFromChannelsLast(rank).get(axis);
    Op op = new org.conv4j.op.Softmax(in.stored(), storedAxis, softmax.log());
    return new Value(append(layer, op, in, List.of()), in.shape(), in.view());
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
   * @param result the value that it returns
   * @return the program
   */
  public Program finish(Value result) {
    String layer = steps.isEmpty() ? "" : steps.get(steps.size() - 1).layer();
    Value output = asSeen(layer, result);
    return new Program(input, output.shape(), steps);
  }

  private Value asSeen(String layer, Value value) {
    if (value.view() == DataFormat.CHANNELS_LAST) {
      return value;
    }
    Shape stored = value.stored();
    Permute permute = new Permute(stored, value.view().axesFromChannelsLast(stored.rank()));
    return new Value(
        append(layer, permute, value, List.of()), value.shape(), DataFormat.CHANNELS_LAST);
  }

  private int append(String layer, Op op, Value in, List<Tensor> constants) {
    int id = steps.size() + 1;
    steps.add(new Step(layer, op, in.id(), id, constants));
    return id;
  }
}
