package org.conv4j.layer.convolution.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.RecurrentCell.Gate;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.Slice;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Appends the ops of a ConvLSTM to a program, the channels last throughout: the convolution of the
 * inputs of all steps at once, as one batch, then for each step that of the hidden state, and the
 * gates.
 */
final class ConvLSTMLowering {
  private final ConvLSTM layer;
  private final Lowering lowering;
  private final Weights weights;
  private final String name;

  /** The hidden state and the cell state, null while they are zeros. */
  private Value hidden;

  private Value cell;

  ConvLSTMLowering(ConvLSTM layer, Lowering lowering, Weights weights) {
    this.layer = layer;
    this.lowering = lowering;
    this.weights = weights;
    this.name = layer.name();
  }

  List<Value> lower(List<Value> inputs) {
    if (inputs.size() > 1) {
      hidden = channelsLast(inputs.get(1), 0);
      cell = channelsLast(inputs.get(2), 0);
    }
    Value sequence = channelsLast(inputs.get(0), 1);
    int steps = sequence.shape().intDim(1);
    Value gates = inputGates(sequence);
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      step(row(gates, layer.options().goBackwards() ? steps - 1 - i : i));
      if (layer.options().returnSequences()) {
        outputs.add(hidden);
      }
    }
    List<Value> results = new ArrayList<>();
    results.add(layer.options().returnSequences() ? sequence(outputs) : seen(hidden, 0));
    if (layer.options().returnState()) {
      results.add(seen(hidden, 0));
      results.add(seen(cell, 0));
    }
    return results;
  }

  /** The gates' sums over the inputs, {@code (batch, steps, m..., gates * filters)}. */
  private Value inputGates(Value sequence) {
    Shape shape = sequence.shape();
    Value batch = lowering.reshape(name, sequence, merged(shape));
    Value sums = layer.ofInputs().lower(lowering, batch, weights);
    long[] dims = new long[shape.rank()];
    dims[0] = shape.dim(0);
    dims[1] = shape.dim(1);
    System.arraycopy(sums.shape().toArray(), 1, dims, 2, dims.length - 2);
    return lowering.reshape(name, sums, Shape.of(dims));
  }

  /** All steps of all examples as one batch. */
  private static Shape merged(Shape sequence) {
    long[] dims = new long[sequence.rank() - 1];
    dims[0] = sequence.dim(0) * sequence.dim(1);
    System.arraycopy(sequence.toArray(), 2, dims, 1, dims.length - 1);
    return Shape.of(dims);
  }

  private void step(Value inputGates) {
    Value gates = inputGates;
    if (hidden != null) {
      Weights recurrent =
          Weights.ofConstants(Map.of("kernel", weights.get(ConvLSTM.RECURRENT_KERNEL)));
      Value sums = layer.ofStates().lower(lowering, hidden, recurrent);
      gates = binary(BinaryFunction.ADD, sums, inputGates);
    }
    Elementwise shown = (Elementwise) layer.convolution().activation();
    Value candidate = apply(shown, gate(gates, Gate.CANDIDATE));
    Value taken = binary(BinaryFunction.MULTIPLY, gated(gates, Gate.INPUT), candidate);
    cell =
        cell == null
            ? taken
            : binary(
                BinaryFunction.ADD,
                binary(BinaryFunction.MULTIPLY, gated(gates, Gate.FORGET), cell),
                taken);
    hidden = binary(BinaryFunction.MULTIPLY, gated(gates, Gate.OUTPUT), apply(shown, cell));
  }

  private Value gated(Value gates, Gate gate) {
    return apply(layer.recurrentActivation(), gate(gates, gate));
  }

  private Value gate(Value gates, Gate gate) {
    int last = gates.shape().rank() - 1;
    return slice(gates, last, gate.place() * layer.filters(), layer.filters());
  }

  /** One step of a sequence. */
  private Value row(Value sequence, int step) {
    Value row = slice(sequence, 1, step, 1);
    return lowering.reshape(name, row, merged(row.shape()));
  }

  private Value slice(Value in, int axis, int first, int count) {
    Shape shape = in.shape();
    if (shape.dim(axis) == count) {
      return in;
    }
    Slice slice =
        new Slice(
            shape,
            IntTuple.generate(shape.rank(), i -> i == axis ? first : 0),
            IntTuple.generate(shape.rank(), i -> 1),
            shape.withDim(axis, count));
    return append(slice, List.of(in));
  }

  /** The hidden states of all steps one behind the other, in the order in which they were taken. */
  private Value sequence(List<Value> states) {
    List<Value> rows = new ArrayList<>();
    for (Value state : states) {
      long[] dims = new long[state.shape().rank() + 1];
      dims[0] = state.shape().dim(0);
      dims[1] = 1;
      System.arraycopy(state.shape().toArray(), 1, dims, 2, dims.length - 2);
      rows.add(lowering.reshape(name, state, Shape.of(dims)));
    }
    List<Shape> shapes = Collections.nCopies(rows.size(), rows.get(0).shape());
    return seen(rows.size() == 1 ? rows.get(0) : append(new Concat(shapes, 1), rows), 1);
  }

  private Value apply(Elementwise function, Value in) {
    return function == Activation.LINEAR
        ? in
        : append(new Eltwise(in.shape(), function), List.of(in));
  }

  private Value binary(BinaryFunction function, Value left, Value right) {
    return append(
        new Binary(left.shape(), right.shape(), function, Activation.LINEAR), List.of(left, right));
  }

  private Value append(Op op, List<Value> in) {
    return lowering.append(name, op, in, List.of(), DataFormat.CHANNELS_LAST);
  }

  private Value channelsLast(Value value, int before) {
    return lowering.asSeen(name, lowering.permute(name, value, layer.channelsLast(before)));
  }

  private Value seen(Value value, int before) {
    return lowering.permute(name, value, layer.seen(before));
  }
}
