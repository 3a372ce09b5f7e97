package org.conv4j.layer.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Recurrence.Masking;
import org.conv4j.op.Slice;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;

/**
 * Appends the ops of a recurrent layer to a program: for each cell, the products of all steps at
 * once, then the recurrence.
 */
final class RNNLowering {
  private final RNN layer;
  private final Lowering lowering;
  private final String name;
  private final Weights weights;
  private final String prefix;

  /**
   * Prepares to append.
   *
   * @param layer the layer
   * @param lowering the program
   * @param name the name of the layer that the ops come from
   * @param weights the weights
   * @param prefix what stands before the names of this layer's
   */
  RNNLowering(RNN layer, Lowering lowering, String name, Weights weights, String prefix) {
    this.layer = layer;
    this.lowering = lowering;
    this.name = name;
    this.weights = weights;
    this.prefix = prefix;
  }

  /**
   * Appends the layer.
   *
   * @param inputs its inputs
   * @param flipped whether the sequence is returned from its last step to the first
   * @return its outputs
   */
  List<Value> lower(List<Value> inputs, boolean flipped) {
    RNNOptions options = layer.options();
    Value mask = options.masked() ? lowering.asSeen(name, inputs.get(inputs.size() - 1)) : null;
    List<Value> states = inputs.subList(1, inputs.size() - (options.masked() ? 1 : 0));
    Value sequence = lowering.asSeen(name, inputs.get(0));
    int steps = sequence.shape().intDim(1);
    int taken = 0;
    for (int i = 0; i < layer.cells().size() - 1; i++) {
      int count = layer.cells().get(i).kind().states();
      List<Value> initial = states.isEmpty() ? states : states.subList(taken, taken + count);
      sequence = cell(i, sequence, initial, mask, true, 0);
      taken += count;
    }
    List<Value> initial = states.isEmpty() ? states : states.subList(taken, states.size());
    int last = layer.cells().size() - 1;
    RNNCell cell = layer.cells().get(last);
    // What is returned for a masked step is not the state.
    boolean whole = options.returnSequences() || options.masked();
    int finals = options.returnState() ? cell.kind().states() : whole ? 0 : 1;
    Value result = cell(last, sequence, initial, mask, whole, finals);
    List<Value> outputs = new ArrayList<>();
    if (options.returnSequences()) {
      outputs.add(rows(result, 0, steps, flipped));
    } else {
      int step = !options.masked() || options.goBackwards() ? 0 : steps - 1;
      outputs.add(row(result, step));
    }
    for (int state = 0; options.returnState() && state < finals; state++) {
      outputs.add(row(result, result.shape().intDim(1) - finals + state));
    }
    return outputs;
  }

  private Value cell(
      int index, Value input, List<Value> initial, Value mask, boolean sequence, int finals) {
    RNNCell cell = layer.cells().get(index);
    String before = prefix + layer.prefix(index);
    InnerProduct product =
        new InnerProduct(input.shape(), cell.width(), cell.useBias(), Activation.LINEAR);
    List<Constant> ofInputs = new ArrayList<>(List.of(weights.get(before + "kernel")));
    List<Constant> ofStates = new ArrayList<>(List.of(weights.get(before + "recurrent_kernel")));
    if (cell.useBias()) {
      ofInputs.add(cell.bias(weights.get(before + "bias"), 0));
    }
    if (cell.hasRecurrentBias()) {
      ofStates.add(cell.bias(weights.get(before + "bias"), 1));
    }
    Value products = lowering.append(name, product, input, ofInputs, DataFormat.CHANNELS_LAST);
    RNNOptions options = layer.options();
    Masking masking = options.zeroOutputForMask() ? Masking.ZERO : Masking.HOLD;
    Recurrence recurrence =
        new Recurrence(
            products.shape(),
            cell.kind(),
            cell.hasRecurrentBias(),
            options.goBackwards(),
            mask == null ? Masking.NONE : masking,
            !initial.isEmpty(),
            sequence,
            finals);
    List<Value> read = new ArrayList<>(List.of(products));
    for (Value state : initial) {
      read.add(lowering.asSeen(name, state));
    }
    if (mask != null) {
      read.add(mask);
    }
    return lowering.append(name, recurrence, read, ofStates, DataFormat.CHANNELS_LAST);
  }

  private Value row(Value rows, int index) {
    Value row = rows(rows, index, 1, false);
    return lowering.reshape(name, row, Shape.of(row.shape().dim(0), row.shape().dim(2)));
  }

  private Value rows(Value rows, int first, int count, boolean flipped) {
    Shape shape = rows.shape();
    if (count == shape.dim(1) && (!flipped || count == 1)) {
      return rows;
    }
    Slice slice =
        new Slice(
            shape,
            IntTuple.of(0, flipped ? first + count - 1 : first, 0),
            IntTuple.of(1, flipped ? -1 : 1, 1),
            shape.withDim(1, count));
    return lowering.append(name, slice, rows, List.of(), DataFormat.CHANNELS_LAST);
  }
}
