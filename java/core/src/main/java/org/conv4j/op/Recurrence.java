package org.conv4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * The part of a recurrent layer in which a step needs the one before it. What each step's input is
 * multiplied with needs none: an {@link InnerProduct} of all steps at once is what this reads.
 *
 * <p>It reads the sequence; then, if there are initial states, one or two of shape {@code (batch,
 * units)}, the hidden one first; then, if steps are masked, a mask of shape {@code (batch, steps)},
 * in which 0 marks steps that leave all states as they are.
 *
 * <p>It writes rows of {@code units} numbers: the hidden state after each step, in the order of the
 * steps whatever the direction, if the sequence is asked for; then as many of the final states as
 * are asked for, the hidden one first.
 *
 * <p>Its constants are the recurrent kernel, of shape {@code (units, gates * units)}, if it has
 * one, the bias of the products with it, of shape {@code (gates * units)}, and an LSTM's peepholes,
 * if it has some, of shape {@code (3, units)}, for input, forget and output gate.
 *
 * @param input {@code (batch, steps, gates * units)}
 * @param cell what becomes of a step
 * @param bias whether the products with the recurrent kernel have a bias
 * @param reverse whether the last step is taken first
 * @param masking what masked steps are in the sequence that it writes
 * @param initialStates whether the initial states are read; else they are 0
 * @param sequence whether the hidden state after each step is written
 * @param finalStates how many of the final states are written
 */
public record Recurrence(
    Shape input,
    RecurrentCell cell,
    boolean bias,
    boolean reverse,
    Masking masking,
    boolean initialStates,
    boolean sequence,
    int finalStates)
    implements Op {
  /** What is written for steps that are masked. */
  public enum Masking {
    /** No step is masked, and no mask read. */
    NONE,
    /** What was written for the step that was taken before; zeros for the first one taken. */
    HOLD,
    /** Zeros. */
    ZERO
  }

  /**
   * Checks that the numbers fit together.
   *
   * @param input see {@link #input}
   * @param cell see {@link #cell}
   * @param bias see {@link #bias}
   * @param reverse see {@link #reverse}
   * @param masking see {@link #masking}
   * @param initialStates see {@link #initialStates}
   * @param sequence see {@link #sequence}
   * @param finalStates see {@link #finalStates}
   */
  public Recurrence {
    OpChecks.present(input, Recurrence.class, "input");
    OpChecks.present(cell, Recurrence.class, "cell");
    OpChecks.present(masking, Recurrence.class, "masking");
    if (input.rank() != 3 || input.dim(2) % cell.gates() != 0) {
      throw new ShapeMismatchException(
          "A Recurrence reads (batch, steps, units for each of %d gates); given the input %s."
              .formatted(cell.gates(), input));
    }
    if (finalStates < 0 || finalStates > cell.states() || !sequence && finalStates == 0) {
      throw new InvalidLayerException(
          "A Recurrence writes the sequence, or from 1 to %d final states, or both; given %d."
              .formatted(cell.states(), finalStates));
    }
    long units = input.dim(2) / cell.gates();
    Shape.of(units, input.intDim(2));
    Shape.of(input.dim(0), (sequence ? input.intDim(1) : 0L) + finalStates, units);
  }

  /**
   * Returns the size of a state.
   *
   * @return the number of units
   */
  public int units() {
    return input.intDim(2) / cell.gates();
  }

  /**
   * Returns how many rows it writes for an example.
   *
   * @return one for each step, if the sequence is written, and each final state
   */
  public int rows() {
    return (sequence ? input.intDim(1) : 0) + finalStates;
  }

  /**
   * Returns which input the mask is.
   *
   * @return its index
   */
  public int maskIndex() {
    return 1 + (initialStates ? cell.states() : 0);
  }

  @Override
  public List<Shape> inputs() {
    List<Shape> inputs = new ArrayList<>();
    inputs.add(input);
    for (int state = 0; initialStates && state < cell.states(); state++) {
      inputs.add(Shape.of(input.dim(0), units()));
    }
    if (masking != Masking.NONE) {
      inputs.add(Shape.of(input.dim(0), input.dim(1)));
    }
    return List.copyOf(inputs);
  }

  @Override
  public Shape output() {
    return Shape.of(input.dim(0), rows(), units());
  }

  @Override
  public List<Shape> constants() {
    List<Shape> constants = new ArrayList<>();
    constants.add(Shape.of(units(), input.dim(2)));
    if (bias) {
      constants.add(Shape.of(input.dim(2)));
    }
    if (cell instanceof RecurrentCell.Lstm lstm && lstm.peepholes()) {
      constants.add(Shape.of(RecurrentCell.Lstm.PEEPHOLES, units()));
    }
    return List.copyOf(constants);
  }

  @Override
  public long flops() {
    return OpChecks.product(2, input.elementCount(), units());
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  /** All of the examples: each step of theirs needs all that came before. */
  @Override
  public Region reads(int index, Region output) {
    return Region.of(inputs().get(index)).with(0, output.begin(0), output.end(0));
  }

  @Override
  public Optional<Op> on(Region output) {
    if (!output.isWhole(1, output()) || !output.isWhole(2, output())) {
      return Optional.empty();
    }
    return Optional.of(
        new Recurrence(
            input.withDim(0, output.extent(0)),
            cell,
            bias,
            reverse,
            masking,
            initialStates,
            sequence,
            finalStates));
  }
}
