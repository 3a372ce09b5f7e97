package org.conv4j.layer.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's SimpleRNN, LSTM, GRU, and RNN with their cells: goes through a sequence of shape {@code
 * (batch, steps, channels)} step by step.
 *
 * <p>Its inputs are the sequence, then either nothing or all initial states, each of shape {@code
 * (batch, units)}, cell by cell, then, if steps may be masked, a mask of shape {@code (batch,
 * steps)}, in which 0 marks steps that are skipped. Its outputs are the hidden state of the last
 * cell, after the last step or each of them, and, if they are asked for, the final states of the
 * cell.
 *
 * <p>Weights: those of the cell; of several cells, with {@code cells/0/} and so on before their
 * names.
 *
 * @param name the layer's name
 * @param className Keras's name of the class
 * @param cells what is done at each step, one after the other; at least one
 * @param options what it returns, and how it goes through the sequence
 */
public record RNN(String name, String className, List<RNNCell> cells, RNNOptions options)
    implements MultiOutputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param className see {@link #className}
   * @param cells see {@link #cells}
   * @param options see {@link #options}
   */
  public RNN {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(options, "options");
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw Arguments.invalid(name, "cell", "one cell or several", "none");
    }
    if (options.returnState() && cells.size() > 1) {
      throw Arguments.invalid(name, "return_state", "false for several cells", true);
    }
  }

  /**
   * Returns a SimpleRNN with Keras's defaults.
   *
   * @param units the size of its state
   * @return the layer
   */
  public static RNN simple(int units) {
    return of("simple_rnn", "SimpleRNN", RecurrentCell.SIMPLE, units);
  }

  /**
   * Returns an LSTM with Keras's defaults.
   *
   * @param units the size of its states
   * @return the layer
   */
  public static RNN lstm(int units) {
    return of("lstm", "LSTM", RecurrentCell.LSTM, units);
  }

  /**
   * Returns a GRU with Keras's defaults.
   *
   * @param units the size of its state
   * @return the layer
   */
  public static RNN gru(int units) {
    return of("gru", "GRU", RecurrentCell.GRU, units);
  }

  private static RNN of(String name, String className, RecurrentCell kind, int units) {
    return new RNN(name, className, List.of(new RNNCell(kind, units, true)), RNNOptions.DEFAULT);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public RNN name(String name) {
    return new RNN(name, className, cells, options);
  }

  /**
   * Sets the options.
   *
   * @param options what it returns, and how it goes through the sequence
   * @return a changed copy
   */
  public RNN options(RNNOptions options) {
    return new RNN(name, className, cells, options);
  }

  /** How many states all cells have. */
  int states() {
    int states = 0;
    for (RNNCell cell : cells) {
      states += cell.kind().states();
    }
    return states;
  }

  int units() {
    return cells.get(cells.size() - 1).units();
  }

  /** What stands before the names of a cell's weights. */
  String prefix(int cell) {
    return cells.size() == 1 ? "" : "cells/" + cell + "/";
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    outputShapes(inputs);
    Shape input = inputs.get(0);
    long channels = Arguments.known(name, input, -1, input).dim(-1);
    List<WeightSpec> weights = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      weights.addAll(cells.get(i).weights(prefix(i), channels));
      channels = cells.get(i).units();
    }
    return List.copyOf(weights);
  }

  @Override
  public int outputCount() {
    return 1 + (options.returnState() ? states() : 0);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    requireInputs(inputs);
    Shape input = inputs.get(0);
    List<Shape> shapes = new ArrayList<>();
    shapes.add(
        options.returnSequences()
            ? Shape.open(input.extent(0), input.extent(1), units())
            : Shape.open(input.extent(0), units()));
    while (shapes.size() < outputCount()) {
      shapes.add(Shape.open(input.extent(0), units()));
    }
    return List.copyOf(shapes);
  }

  @Override
  public List<Value> lowerAll(Lowering lowering, List<Value> inputs, Weights weights) {
    return new RNNLowering(this, lowering, name, weights, "").lower(inputs, options.goBackwards());
  }

  private void requireInputs(List<Shape> inputs) {
    int mask = options.masked() ? 1 : 0;
    if (inputs.size() != 1 + mask && inputs.size() != 1 + mask + states()) {
      throw new ShapeMismatchException(
          "Layer '%s' takes a sequence, with or without %d initial states%s; given %d inputs."
              .formatted(name, states(), mask == 1 ? ", and a mask" : "", inputs.size()));
    }
    Shape sequence = Arguments.rank(name, 3, inputs.get(0));
    int next = 1;
    if (inputs.size() > 1 + mask) {
      for (RNNCell cell : cells) {
        for (int state = 0; state < cell.kind().states(); state++) {
          require(sequence, Shape.open(sequence.extent(0), cell.units()), inputs.get(next++));
        }
      }
    }
    if (mask == 1) {
      require(sequence, Shape.open(sequence.extent(0), sequence.extent(1)), inputs.get(next));
    }
  }

  private void require(Shape sequence, Shape needed, Shape given) {
    boolean fits = given.rank() == 2;
    for (int axis = 0; fits && axis < 2; axis++) {
      fits = !Extents.differ(given.extent(axis), needed.extent(axis));
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "Layer '%s' needs a state or mask of shape %s for a sequence of shape %s; given %s."
              .formatted(name, needed, sequence, given));
    }
  }
}
