package org.conv4j.activation;

import org.conv4j.error.InvalidLayerException;

/**
 * What becomes of a step of a sequence and the states that the step before it has left. Here {@code
 * x} is the step's input, {@code h} the hidden state, {@code h U} its product with the recurrent
 * kernel, with the bias if there is one, and an index names the part of a gate. The gates lie one
 * behind the other in the order of {@link Gate}.
 */
public sealed interface RecurrentCell
    permits RecurrentCell.Simple, RecurrentCell.Lstm, RecurrentCell.Gru {
  /** Keras's SimpleRNN with its defaults. */
  RecurrentCell SIMPLE = new Simple(Activation.TANH);

  /** Keras's LSTM with its defaults. */
  RecurrentCell LSTM = new Lstm(Activation.SIGMOID, Activation.TANH, Activation.TANH, false);

  /** Keras's GRU with its defaults. */
  RecurrentCell GRU = new Gru(Activation.SIGMOID, Activation.TANH, true);

  /** The gates of the cells in the order in which they lie in inputs, kernels and biases. */
  enum Gate {
    /** Of an LSTM, the first: how much of the candidate is taken. */
    INPUT(0),
    /** Of an LSTM, the second: how much of the cell's state is kept. */
    FORGET(1),
    /** Of an LSTM, the third: the new part of the cell's state. */
    CANDIDATE(2),
    /** Of an LSTM, the fourth: how much of the cell's state is shown. */
    OUTPUT(3),
    /** Of a GRU, the first: how much of the hidden state is kept. */
    UPDATE(0),
    /** Of a GRU, the second: how much of the hidden state the new one is computed from. */
    RESET(1),
    /** Of a GRU, the third: the new hidden state. */
    HIDDEN(2);

    private final int place;

    Gate(int place) {
      this.place = place;
    }

    /**
     * Returns where the gate's part lies.
     *
     * @return its place among the cell's gates, counted from 0
     */
    public int place() {
      return place;
    }
  }

  /**
   * Returns how many gates there are.
   *
   * @return the number, at least 1
   */
  int gates();

  /**
   * Returns how many states there are, each of as many numbers as there are units.
   *
   * @return 1 for the hidden state alone, 2 if the state of an LSTM's cell follows it
   */
  int states();

  /**
   * {@code h' = f(x + h U)}.
   *
   * @param activation {@code f}
   */
  record Simple(Elementwise activation) implements RecurrentCell {
    /**
     * Checks that nothing is missing.
     *
     * @param activation see {@link #activation}
     */
    public Simple {
      InvalidLayerException.requirePresent(activation, "The activation of a recurrent cell");
    }

    @Override
    public int gates() {
      return 1;
    }

    @Override
    public int states() {
      return 1;
    }
  }

  /**
   * With the peepholes {@code p}, which are 0 if there are none:
   *
   * <pre>
   * i  = f(x_i + h U_i + p_i c)      c' = F c + i g(x_g + h U_g)
   * F  = f(x_f + h U_f + p_f c)      h' = o k(c')
   * o  = f(x_o + h U_o + p_o c')
   * </pre>
   *
   * @param recurrentActivation {@code f}
   * @param activation {@code g}
   * @param outputActivation {@code k}
   * @param peepholes whether gates see the state of the cell
   */
  record Lstm(
      Elementwise recurrentActivation,
      Elementwise activation,
      Elementwise outputActivation,
      boolean peepholes)
      implements RecurrentCell {
    /** How many gates see the state of the cell: input, forget and output, in this order. */
    public static final int PEEPHOLES = 3;

    /**
     * Checks that nothing is missing.
     *
     * @param recurrentActivation see {@link #recurrentActivation}
     * @param activation see {@link #activation}
     * @param outputActivation see {@link #outputActivation}
     * @param peepholes see {@link #peepholes}
     */
    public Lstm {
      InvalidLayerException.requirePresent(
          recurrentActivation, "The recurrent activation of a recurrent cell");
      InvalidLayerException.requirePresent(activation, "The activation of a recurrent cell");
      InvalidLayerException.requirePresent(
          outputActivation, "The output activation of a recurrent cell");
    }

    @Override
    public int gates() {
      return 4;
    }

    @Override
    public int states() {
      return 2;
    }
  }

  /**
   * The new hidden state is a mixture of the old one and a candidate:
   *
   * <pre>
   * z  = f(x_z + h U_z)      h' = z h + (1 - z) g(x_h + r (h U_h))    if reset after the product
   * r  = f(x_r + h U_r)      h' = z h + (1 - z) g(x_h + (r h) U_h)    if before
   * </pre>
   *
   * @param recurrentActivation {@code f}
   * @param activation {@code g}
   * @param resetAfter whether the reset gate is applied after the product, bias included; ONNX's
   *     {@code linear_before_reset}
   */
  record Gru(Elementwise recurrentActivation, Elementwise activation, boolean resetAfter)
      implements RecurrentCell {
    /**
     * Checks that nothing is missing.
     *
     * @param recurrentActivation see {@link #recurrentActivation}
     * @param activation see {@link #activation}
     * @param resetAfter see {@link #resetAfter}
     */
    public Gru {
      InvalidLayerException.requirePresent(
          recurrentActivation, "The recurrent activation of a recurrent cell");
      InvalidLayerException.requirePresent(activation, "The activation of a recurrent cell");
    }

    @Override
    public int gates() {
      return 3;
    }

    @Override
    public int states() {
      return 1;
    }
  }
}
