package org.conv4j.testkit.bound;

import java.util.Arrays;
import org.conv4j.activation.Activation;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.activation.RecurrentCell.Gate;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Recurrence.Masking;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.OpCase;

/**
 * The error that a recurrence may have. A step goes on with the errors of the one before it, so
 * they are carried along: this is the recurrence again, on numbers that know their errors.
 */
final class RecurrenceErrors {
  private final OpCase opCase;
  private final Recurrence op;
  private final DataType dataType;
  private final int steps;
  private final int units;
  private final int width;
  private final double[] kernel;
  private final double[] bias;
  private final double[] peepholes;

  private RecurrenceErrors(OpCase opCase, Recurrence op, DataType dataType) {
    this.opCase = opCase;
    this.op = op;
    this.dataType = dataType;
    steps = op.input().intDim(1);
    units = op.units();
    width = op.input().intDim(2);
    kernel = opCase.constants().get(0);
    bias = op.bias() ? opCase.constants().get(1) : new double[width];
    boolean peeps = op.cell() instanceof RecurrentCell.Lstm lstm && lstm.peepholes();
    peepholes =
        peeps ? opCase.constants().get(opCase.constants().size() - 1) : new double[3 * units];
  }

  /** The bounds for the outputs of a case, in row-major order. */
  static double[] of(OpCase opCase, Recurrence op, DataType dataType) {
    return new RecurrenceErrors(opCase, op, dataType).bounds();
  }

  private double[] bounds() {
    double[] bounds = new double[(int) op.output().elementCount()];
    for (int n = 0; n < op.input().intDim(0); n++) {
      Inexact[] hidden = initial(0, n);
      Inexact[] cell = initial(1, n);
      Inexact[] written = filled();
      int first = n * op.rows() * units;
      for (int taken = 0; taken < steps; taken++) {
        int step = op.reverse() ? steps - 1 - taken : taken;
        if (!isMasked(n, step)) {
          next((n * steps + step) * width, hidden, cell);
          written = hidden.clone();
        } else if (op.masking() == Masking.ZERO) {
          written = filled();
        }
        if (op.sequence()) {
          store(written, bounds, first + step * units);
        }
      }
      int states = first + (op.rows() - op.finalStates()) * units;
      for (int state = 0; state < op.finalStates(); state++) {
        store(state == 0 ? hidden : cell, bounds, states + state * units);
      }
    }
    return bounds;
  }

  private boolean isMasked(int n, int step) {
    return op.masking() != Masking.NONE
        && opCase.inputs().get(op.maskIndex())[n * steps + step] == 0;
  }

  private Inexact[] initial(int state, int n) {
    Inexact[] values = filled();
    if (op.initialStates() && state < op.cell().states()) {
      double[] given = opCase.inputs().get(1 + state);
      Arrays.setAll(values, u -> Inexact.exact(given[n * units + u]));
    }
    return values;
  }

  private Inexact[] filled() {
    Inexact[] zeros = new Inexact[units];
    Arrays.fill(zeros, Inexact.ZERO);
    return zeros;
  }

  private void store(Inexact[] row, double[] bounds, int at) {
    for (int u = 0; u < units; u++) {
      bounds[at + u] = row[u].error();
    }
  }

  private void next(int x, Inexact[] hidden, Inexact[] cell) {
    Inexact[] before = hidden.clone();
    if (op.cell() instanceof RecurrentCell.Simple simple) {
      for (int u = 0; u < units; u++) {
        hidden[u] = sum(x, before, u).through(simple.activation(), dataType);
      }
    } else if (op.cell() instanceof RecurrentCell.Lstm lstm) {
      for (int u = 0; u < units; u++) {
        next(lstm, x, u, before, hidden, cell);
      }
    } else {
      next((RecurrentCell.Gru) op.cell(), x, before, hidden);
    }
  }

  private void next(
      RecurrentCell.Lstm lstm, int x, int u, Inexact[] before, Inexact[] hidden, Inexact[] cell) {
    Inexact i =
        peeping(sum(x, before, place(Gate.INPUT, u)), 0, u, cell)
            .through(lstm.recurrentActivation(), dataType);
    Inexact f =
        peeping(sum(x, before, place(Gate.FORGET, u)), 1, u, cell)
            .through(lstm.recurrentActivation(), dataType);
    Inexact g = sum(x, before, place(Gate.CANDIDATE, u)).through(lstm.activation(), dataType);
    cell[u] = f.times(cell[u], dataType).plus(i.times(g, dataType), dataType);
    Inexact o =
        peeping(sum(x, before, place(Gate.OUTPUT, u)), 2, u, cell)
            .through(lstm.recurrentActivation(), dataType);
    hidden[u] = o.times(cell[u].through(lstm.outputActivation(), dataType), dataType);
  }

  private void next(RecurrentCell.Gru gru, int x, Inexact[] before, Inexact[] hidden) {
    Inexact[] reset = new Inexact[units];
    Inexact[] kept = new Inexact[units];
    for (int u = 0; u < units; u++) {
      reset[u] = sum(x, before, place(Gate.RESET, u)).through(gru.recurrentActivation(), dataType);
      kept[u] = reset[u].times(before[u], dataType);
    }
    for (int u = 0; u < units; u++) {
      Inexact z =
          sum(x, before, place(Gate.UPDATE, u)).through(gru.recurrentActivation(), dataType);
      int place = place(Gate.HIDDEN, u);
      Inexact recurrent =
          gru.resetAfter()
              ? reset[u].times(product(0, before, place), dataType)
              : product(0, kept, place);
      Inexact candidate =
          recurrent
              .plus(Inexact.exact(input(x + place)), dataType)
              .through(gru.activation(), dataType);
      Inexact rest = Inexact.rounded(1 - z.value(), z.error(), dataType);
      hidden[u] = z.times(before[u], dataType).plus(rest.times(candidate, dataType), dataType);
    }
  }

  private int place(Gate gate, int u) {
    return gate.place() * units + u;
  }

  private double input(int at) {
    return opCase.inputs().get(0)[at];
  }

  private Inexact peeping(Inexact sum, int peephole, int u, Inexact[] cell) {
    Inexact weight = Inexact.exact(peepholes[peephole * units + u]);
    return weight.value() == 0 ? sum : sum.plus(weight.times(cell[u], dataType), dataType);
  }

  private Inexact sum(int x, Inexact[] state, int column) {
    return product(input(x + column), state, column);
  }

  /** A number and the products of a state with a column of the kernel, added in any order. */
  private Inexact product(double first, Inexact[] state, int column) {
    double sum = first + bias[column];
    double magnitude = Math.abs(first) + Math.abs(bias[column]);
    double error = 0;
    for (int k = 0; k < units; k++) {
      double weight = kernel[k * width + column];
      sum += state[k].value() * weight;
      magnitude += Math.abs(state[k].value() * weight);
      error += state[k].error() * Math.abs(weight);
    }
    double rounding = (units + 3) * ErrorBound.roundoff(dataType) * (magnitude + error);
    // Where a partial sum overflows, the whole does.
    return Inexact.rounded(sum, error + rounding, dataType).through(Activation.LINEAR, dataType);
  }
}
