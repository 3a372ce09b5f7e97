package org.conv4j.portable.operation;

import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.activation.RecurrentCell.Gate;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.BinaryFunction;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Recurrence.Masking;
import org.conv4j.portable.convolution.KernelValues;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A recurrence, some examples of the batch at a time, with vectors of units. */
public final class RecurrenceTiles implements Tiles {
  private final Recurrence op;
  private final DataType dataType;
  private final int batch;
  private final int steps;
  private final int units;
  private final int gates;

  /** Rows of the recurrent kernel for each gate, with zeros behind them. */
  private final int depth;

  private final int examplesPerTile;

  /** For each gate, {@link #depth} rows. */
  private final Rows kernel;

  /** A row for each gate, zeros if there is none. */
  private final Rows bias;

  /** A row for each, or null. */
  private final Rows peepholes;

  private RecurrenceTiles(
      Recurrence op, DataType dataType, List<Tensor> constants, int examplesPerTile) {
    this.op = op;
    this.dataType = dataType;
    this.examplesPerTile = examplesPerTile;
    batch = op.input().intDim(0);
    steps = op.input().intDim(1);
    units = op.units();
    gates = op.cell().gates();
    depth = KernelValues.padded(units);
    kernel = Rows.allocate(dataType, gates * depth, units);
    bias = Rows.allocate(dataType, gates, units);
    for (int gate = 0; gate < gates; gate++) {
      for (int k = 0; k < units; k++) {
        kernel.read(constants.get(0), (k * gates + gate) * units, gate * depth + k, 0, units);
      }
      if (op.bias()) {
        bias.read(constants.get(1), gate * units, gate, 0, units);
      }
    }
    peepholes = peepholes(constants);
  }

  private Rows peepholes(List<Tensor> constants) {
    if (!(op.cell() instanceof RecurrentCell.Lstm lstm) || !lstm.peepholes()) {
      return null;
    }
    Rows rows = Rows.allocate(dataType, RecurrentCell.Lstm.PEEPHOLES, units);
    for (int i = 0; i < RecurrentCell.Lstm.PEEPHOLES; i++) {
      rows.read(constants.get(constants.size() - 1), i * units, i, 0, units);
    }
    return rows;
  }

  public static CompiledOp compile(
      Recurrence op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    int threads = Threads.forWork(options, op.flops());
    int batch = op.input().intDim(0);
    int each = Math.min(Rows.BLOCK, (batch + threads - 1) / threads);
    RecurrenceTiles tiles = new RecurrenceTiles(op, dataType, constants, each);
    return new TiledOp(
        "recurrence", "java:examples-" + each, tiles, Math.min(threads, tiles.count()));
  }

  @Override
  public int count() {
    return (batch + examplesPerTile - 1) / examplesPerTile;
  }

  @Override
  public Worker newWorker() {
    return new Buffers();
  }

  /** A row for each example of the tile, or for each gate of each. */
  private final class Buffers implements Worker {
    private final int most = examplesPerTile;
    private final Rows hidden = states();
    private final Rows cell = states();
    private final Rows written = states();

    /** States as they were before a step that may turn out to be masked. */
    private final Rows hiddenBefore = states();

    private final Rows cellBefore = states();
    private final Rows scratch = states();
    private final Rows gateRows = Rows.allocate(dataType, gates * most, units);
    private final Rows multiples = Rows.allocate(dataType, 1, depth * Rows.BLOCK);
    private final Rows zeros = Rows.allocate(dataType, 1, Rows.DEPTH);
    private final Rows mask = Rows.allocate(dataType, 1, 1);

    /** For each example, its row alone. */
    private final Rows[] ofHidden = alone(hidden);

    private final Rows[] ofScratch = alone(scratch);

    private Rows states() {
      return Rows.allocate(dataType, most, units);
    }

    private Rows[] alone(Rows rows) {
      Rows[] alone = new Rows[most];
      for (int i = 0; i < most; i++) {
        alone[i] = Rows.allocate(dataType, 1, 1);
        alone[i].share(0, rows, i);
      }
      return alone;
    }

    @Override
    public void run(int tile, Tensor[] inputs, Tensor output) {
      int first = tile * examplesPerTile;
      int count = Math.min(examplesPerTile, batch - first);
      start(inputs, first, count);
      for (int taken = 0; taken < steps; taken++) {
        int step = op.reverse() ? steps - 1 - taken : taken;
        if (op.masking() != Masking.NONE) {
          copy(hiddenBefore, hidden, count);
          copy(cellBefore, cell, count);
        }
        next(inputs[0], first, step, count);
        for (int i = 0; i < count; i++) {
          settle(inputs, first + i, step, i);
          if (op.sequence()) {
            written.write(output, ((first + i) * op.rows() + step) * units, i, 0, units);
          }
        }
      }
      for (int state = 0; state < op.finalStates(); state++) {
        Rows rows = state == 0 ? hidden : cell;
        int row = op.rows() - op.finalStates() + state;
        for (int i = 0; i < count; i++) {
          rows.write(output, ((first + i) * op.rows() + row) * units, i, 0, units);
        }
      }
    }

    private void start(Tensor[] inputs, int first, int count) {
      hidden.fill(0, count, 0, units, 0);
      cell.fill(0, count, 0, units, 0);
      written.fill(0, count, 0, units, 0);
      for (int state = 0; op.initialStates() && state < op.cell().states(); state++) {
        Rows rows = state == 0 ? hidden : cell;
        for (int i = 0; i < count; i++) {
          rows.read(inputs[1 + state], (first + i) * units, i, 0, units);
        }
      }
    }

    /** Takes back what a masked step has changed, and decides what is written for the step. */
    private void settle(Tensor[] inputs, int example, int step, int i) {
      if (op.masking() != Masking.NONE) {
        mask.read(inputs[op.maskIndex()], example * steps + step, 0, 0, 1);
        if (mask.get(0, 0) == 0) {
          hidden.copy(i, 0, hiddenBefore, i, 0, units);
          cell.copy(i, 0, cellBefore, i, 0, units);
          if (op.masking() == Masking.ZERO) {
            written.fill(i, 1, 0, units, 0);
          }
          return;
        }
      }
      written.copy(i, 0, hidden, i, 0, units);
    }

    private void next(Tensor input, int first, int step, int count) {
      if (op.cell() instanceof RecurrentCell.Simple simple) {
        take(input, first, step, 0, gates, count);
        addProducts(ofHidden, 0, gates, count);
        gateRows.apply(0, count, units, simple.activation());
        copy(hidden, gateRows, count);
      } else if (op.cell() instanceof RecurrentCell.Lstm lstm) {
        take(input, first, step, 0, gates, count);
        addProducts(ofHidden, 0, gates, count);
        next(lstm, count);
      } else {
        next((RecurrentCell.Gru) op.cell(), input, first, step, count);
      }
    }

    private void next(RecurrentCell.Lstm lstm, int count) {
      if (peepholes != null) {
        addPeephole(0, Gate.INPUT, count);
        addPeephole(1, Gate.FORGET, count);
      }
      apply(Gate.INPUT, lstm.recurrentActivation(), count);
      apply(Gate.FORGET, lstm.recurrentActivation(), count);
      apply(Gate.CANDIDATE, lstm.activation(), count);
      for (int i = 0; i < count; i++) {
        int candidate = row(Gate.CANDIDATE, i);
        gateRows.combine(BinaryFunction.MULTIPLY, candidate, gateRows, row(Gate.INPUT, i), units);
        cell.multiplyAdd(i, gateRows, row(Gate.FORGET, i), gateRows, candidate, units);
      }
      if (peepholes != null) {
        addPeephole(2, Gate.OUTPUT, count);
      }
      apply(Gate.OUTPUT, lstm.recurrentActivation(), count);
      copy(hidden, cell, count);
      hidden.apply(0, count, units, lstm.outputActivation());
      for (int i = 0; i < count; i++) {
        hidden.combine(BinaryFunction.MULTIPLY, i, gateRows, row(Gate.OUTPUT, i), units);
      }
    }

    private void addPeephole(int peephole, Gate gate, int count) {
      for (int i = 0; i < count; i++) {
        scratch.copy(i, 0, cell, i, 0, units);
        scratch.multiplyAdd(i, peepholes, peephole, gateRows, row(gate, i), units);
        gateRows.copy(row(gate, i), 0, scratch, i, 0, units);
      }
    }

    private void next(RecurrentCell.Gru gru, Tensor input, int first, int step, int count) {
      int candidate = Gate.HIDDEN.place();
      take(input, first, step, 0, candidate, count);
      addProducts(ofHidden, 0, candidate, count);
      apply(Gate.UPDATE, gru.recurrentActivation(), count);
      apply(Gate.RESET, gru.recurrentActivation(), count);
      if (gru.resetAfter()) {
        for (int i = 0; i < count; i++) {
          gateRows.copy(row(Gate.HIDDEN, i), 0, bias, candidate, 0, units);
        }
        addProducts(ofHidden, candidate, gates, count);
        for (int i = 0; i < count; i++) {
          read(input, first, step, candidate, i, scratch, i);
          int row = row(Gate.HIDDEN, i);
          gateRows.multiplyAdd(row, gateRows, row(Gate.RESET, i), scratch, i, units);
        }
      } else {
        take(input, first, step, candidate, gates, count);
        for (int i = 0; i < count; i++) {
          scratch.copy(i, 0, hidden, i, 0, units);
          scratch.combine(BinaryFunction.MULTIPLY, i, gateRows, row(Gate.RESET, i), units);
        }
        addProducts(ofScratch, candidate, gates, count);
      }
      apply(Gate.HIDDEN, gru.activation(), count);
      for (int i = 0; i < count; i++) {
        scratch.fill(i, 1, 0, units, 1);
        scratch.combine(BinaryFunction.SUBTRACT, i, gateRows, row(Gate.UPDATE, i), units);
        scratch.combine(BinaryFunction.MULTIPLY, i, gateRows, row(Gate.HIDDEN, i), units);
        hidden.multiplyAdd(i, gateRows, row(Gate.UPDATE, i), scratch, i, units);
      }
    }

    private int row(Gate gate, int example) {
      return gate.place() * most + example;
    }

    private void apply(Gate gate, Elementwise function, int count) {
      gateRows.apply(row(gate, 0), count, units, function);
    }

    /** Sets some gates' rows to the step's input, with the bias of what is added to it. */
    private void take(Tensor input, int first, int step, int from, int to, int count) {
      for (int gate = from; gate < to; gate++) {
        for (int i = 0; i < count; i++) {
          int row = gate * most + i;
          read(input, first, step, gate, i, gateRows, row);
          if (op.bias()) {
            gateRows.combine(BinaryFunction.ADD, row, bias, gate, units);
          }
        }
      }
    }

    private void read(Tensor input, int first, int step, int gate, int i, Rows to, int row) {
      to.read(input, (((first + i) * steps + step) * gates + gate) * units, row, 0, units);
    }

    /** Adds the products of the examples' states with some gates' parts of the kernel. */
    private void addProducts(Rows[] states, int from, int to, int count) {
      for (int i = 0; i < count; i++) {
        multiples.interleave(0, 0, i, count, states[i], units);
        multiples.interleave(0, units, i, count, zeros, depth - units);
      }
      for (int gate = from; gate < to; gate++) {
        gateRows.addProducts(
            gate * most, count, kernel, gate * depth, depth, multiples, 0, 0, units);
      }
    }

    private void copy(Rows to, Rows from, int count) {
      for (int i = 0; i < count; i++) {
        to.copy(i, 0, from, i, 0, units);
      }
    }
  }
}
