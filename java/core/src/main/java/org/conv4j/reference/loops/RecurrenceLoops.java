package org.conv4j.reference.loops;

import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.activation.RecurrentCell.Gate;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Recurrence.Masking;

/**
 * The definition of {@link Recurrence}, one example and one step after the other, with the formulas
 * of {@link RecurrentCell}.
 */
final class RecurrenceLoops implements Loops {
  private final Recurrence op;
  private final List<double[]> weights;
  private final int batch;
  private final int steps;
  private final int units;
  private final int width;
  private final double[] kernel;
  private final double[] bias;

  /** Null if there are none: no product, not one with 0, may make infinity a NaN. */
  private final double[] peepholes;

  private final double[] hidden;
  private final double[] cell;
  private final double[] written;

  /** The hidden state before a step. */
  private final double[] before;

  /** What a GRU's reset gate is, and what it leaves of the hidden state. */
  private final double[] reset;

  private final double[] kept;

  RecurrenceLoops(Recurrence op, List<double[]> weights) {
    this.op = op;
    this.weights = weights;
    this.batch = op.input().intDim(0);
    this.steps = op.input().intDim(1);
    this.units = op.units();
    this.width = op.input().intDim(2);
    this.kernel = weights.get(0);
    this.bias = op.bias() ? weights.get(1) : new double[width];
    boolean peeps = op.cell() instanceof RecurrentCell.Lstm lstm && lstm.peepholes();
    this.peepholes =
        peeps ? weights.get(weights.size() - 1) : new double[RecurrentCell.Lstm.PEEPHOLES * units];
    this.hidden = new double[units];
    this.cell = new double[units];
    this.written = new double[units];
    this.before = new double[units];
    this.reset = new double[units];
    this.kept = new double[units];
  }

  @Override
  public Loops newRunner() {
    return new RecurrenceLoops(op, weights);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int n = 0; n < batch; n++) {
      start(inputs, n);
      int first = n * op.rows() * units;
      for (int taken = 0; taken < steps; taken++) {
        int step = op.reverse() ? steps - 1 - taken : taken;
        boolean masked =
            op.masking() != Masking.NONE && inputs[op.maskIndex()][n * steps + step] == 0;
        if (!masked) {
          next(inputs[0], (n * steps + step) * width);
          System.arraycopy(hidden, 0, written, 0, units);
        } else if (op.masking() == Masking.ZERO) {
          Arrays.fill(written, 0);
        }
        if (op.sequence()) {
          System.arraycopy(written, 0, output, first + step * units, units);
        }
      }
      int states = first + (op.rows() - op.finalStates()) * units;
      for (int state = 0; state < op.finalStates(); state++) {
        System.arraycopy(state == 0 ? hidden : cell, 0, output, states + state * units, units);
      }
    }
  }

  private void start(double[][] inputs, int n) {
    Arrays.fill(written, 0);
    Arrays.fill(hidden, 0);
    Arrays.fill(cell, 0);
    for (int state = 0; op.initialStates() && state < op.cell().states(); state++) {
      System.arraycopy(inputs[1 + state], n * units, state == 0 ? hidden : cell, 0, units);
    }
  }

  /** Takes a step, whose input begins at some element: replaces the states. */
  private void next(double[] input, int x) {
    System.arraycopy(hidden, 0, before, 0, units);
    if (op.cell() instanceof RecurrentCell.Simple simple) {
      next(simple, input, x);
    } else if (op.cell() instanceof RecurrentCell.Lstm lstm) {
      next(lstm, input, x);
    } else {
      next((RecurrentCell.Gru) op.cell(), input, x);
    }
  }

  private void next(RecurrentCell.Simple simple, double[] input, int x) {
    for (int u = 0; u < units; u++) {
      hidden[u] = simple.activation().apply(input[x + u] + product(before, u));
    }
  }

  private void next(RecurrentCell.Lstm lstm, double[] input, int x) {
    for (int u = 0; u < units; u++) {
      double i = sum(input, x, Gate.INPUT, u) + peephole(0, u);
      double f = sum(input, x, Gate.FORGET, u) + peephole(1, u);
      double g = sum(input, x, Gate.CANDIDATE, u);
      cell[u] =
          lstm.recurrentActivation().apply(f) * cell[u]
              + lstm.recurrentActivation().apply(i) * lstm.activation().apply(g);
      double o = sum(input, x, Gate.OUTPUT, u) + peephole(2, u);
      hidden[u] = lstm.recurrentActivation().apply(o) * lstm.outputActivation().apply(cell[u]);
    }
  }

  private void next(RecurrentCell.Gru gru, double[] input, int x) {
    for (int u = 0; u < units; u++) {
      reset[u] = gru.recurrentActivation().apply(sum(input, x, Gate.RESET, u));
      kept[u] = reset[u] * before[u];
    }
    for (int u = 0; u < units; u++) {
      double z = gru.recurrentActivation().apply(sum(input, x, Gate.UPDATE, u));
      int place = Gate.HIDDEN.place() * units + u;
      double recurrent =
          gru.resetAfter() ? reset[u] * product(before, place) : product(kept, place);
      double candidate = gru.activation().apply(input[x + place] + recurrent);
      hidden[u] = z * before[u] + (1 - z) * candidate;
    }
  }

  private double sum(double[] input, int x, Gate gate, int u) {
    int place = gate.place() * units + u;
    return input[x + place] + product(before, place);
  }

  /** What a gate sees of the state of the cell. */
  private double peephole(int gate, int u) {
    return peepholes == null ? 0 : peepholes[gate * units + u] * cell[u];
  }

  /** The product of a state with a column of the recurrent kernel, with its bias. */
  private double product(double[] state, int column) {
    double sum = bias[column];
    for (int k = 0; k < units; k++) {
      sum += state[k] * kernel[k * width + column];
    }
    return sum;
  }
}
