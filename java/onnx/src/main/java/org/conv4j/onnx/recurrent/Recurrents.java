package org.conv4j.onnx.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.call.Truth;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Recurrence.Masking;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Recurrent layers. Each output appends all that the layer computes and takes its part; what is
 * appended more than once is computed once, for the optimizer drops equal steps.
 */
public final class Recurrents implements Family {
  /** Creates the family. */
  public Recurrents() {}

  private static final int SEQUENCE = 0;

  @Override
  public String[] operators() {
    return new String[] {"GRU 1 3 7 14 22", "LSTM 1 7 14 22", "RNN 1 7 14 22"};
  }

  @Override
  public Value lower(Call call) {
    String direction = call.node().text("direction", "forward");
    int directions = direction.equals("bidirectional") ? 2 : 1;
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < directions; i++) {
      parts.add(part(call, i, directions, direction.equals("reverse") || i == 1));
    }
    Emitter emit = call.emit();
    boolean batchFirst = call.node().flag("layout", false);
    if (call.output() == SEQUENCE) {
      // From (batch, steps, units) to (steps, directions, batch, units).
      List<Value> apart = new ArrayList<>();
      for (Value part : parts) {
        Shape shape = part.shape();
        Shape one = Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2));
        apart.add(emit.reshape(part, one));
      }
      Value joined = emit.concat(apart, 2);
      return batchFirst ? joined : emit.permute(joined, 1, 2, 0, 3);
    }
    // From (batch, 1, units) to (directions, batch, units).
    Value joined = emit.concat(parts, 1);
    return batchFirst ? joined : emit.permute(joined, 1, 0, 2);
  }

  /** Of one direction the wanted output: {@code (batch, steps or 1, units)}. */
  private static Value part(Call call, int direction, int directions, boolean reverse) {
    Emitter emit = call.emit();
    boolean batchFirst = call.node().flag("layout", false);
    RecurrentCell cell = RecurrentCells.of(call.node(), direction, call.has(7));
    Value given = call.value(0);
    Value input = emit.plain(batchFirst ? given : emit.permute(given, 1, 0, 2));
    GateLayout layout = GateLayout.of(call, cell, direction, directions);
    Constant kernel = layout.kernel(call.constant(1));
    Constant recurrent = layout.kernel(call.constant(2));
    boolean after = cell instanceof RecurrentCell.Gru gru && gru.resetAfter();
    Constant both = call.has(3) ? call.constant(3) : null;
    Constant bias = both == null ? null : layout.bias(both, !after);
    Constant recurrentBias = both == null || !after ? null : layout.recurrentBias(both);
    InnerProduct product =
        new InnerProduct(input.shape(), kernel.shape().intDim(1), bias != null, Activation.LINEAR);
    Value products = emit.append(product, input, listOf(kernel, bias), DataFormat.CHANNELS_LAST);
    Value mask = mask(call, input.shape());
    List<Value> read = new ArrayList<>(List.of(products));
    boolean initial = call.has(5) || cell.states() > 1 && call.has(6);
    for (int state = 0; initial && state < cell.states(); state++) {
      read.add(state(call, 5 + state, direction, input.shape().dim(0), layout.units()));
    }
    if (mask != null) {
      read.add(mask);
    }
    Recurrence op =
        new Recurrence(
            products.shape(),
            cell,
            recurrentBias != null,
            reverse,
            mask == null ? Masking.NONE : Masking.ZERO,
            initial,
            true,
            cell.states());
    Constant peepholes = call.has(7) ? layout.peepholes(call.constant(7)) : null;
    Value rows =
        emit.lowering()
            .append(
                call.node().name(),
                op,
                read,
                listOf(recurrent, recurrentBias, peepholes),
                DataFormat.CHANNELS_LAST);
    long steps = input.shape().dim(1);
    return call.output() == SEQUENCE
        ? emit.slice(rows, 1, 0, 1, steps)
        : emit.slice(rows, 1, steps + call.output() - 1, 1, 1);
  }

  private static List<Constant> listOf(Constant... constants) {
    List<Constant> list = new ArrayList<>();
    for (Constant constant : constants) {
      if (constant != null) {
        list.add(constant);
      }
    }
    return list;
  }

  /** One direction's initial state, as {@code (batch, units)}; zeros where there is none. */
  private static Value state(Call call, int index, int direction, long batch, long units) {
    Emitter emit = call.emit();
    Shape shape = Shape.of(batch, units);
    if (!call.has(index)) {
      return emit.constant(new Constant.Filled(shape, 0));
    }
    boolean batchFirst = call.node().flag("layout", false);
    Value one = emit.slice(call.value(index), batchFirst ? 1 : 0, direction, 1, 1);
    return emit.plain(emit.reshape(one, shape));
  }

  /** 1 for the steps that an example has, or nothing if all have all. */
  private static Value mask(Call call, Shape input) {
    if (!call.has(4)) {
      return null;
    }
    int steps = input.intDim(1);
    if (call.isConstant(4)) {
      boolean whole = true;
      for (long length : call.integers(4)) {
        whole &= length >= steps;
      }
      if (whole) {
        return null;
      }
    }
    double[] places = new double[steps];
    Arrays.setAll(places, i -> i);
    Emitter emit = call.emit();
    Value lengths = emit.reshape(call.value(4), Shape.of(input.dim(0), 1));
    Value all = emit.constant(Constant.of(Shapes.along(2, 1, steps), places));
    return emit.plain(Truth.greater(emit, lengths, all, false));
  }
}
