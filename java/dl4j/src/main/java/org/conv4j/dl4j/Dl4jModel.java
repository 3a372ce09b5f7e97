package org.conv4j.dl4j;

import java.util.List;
import org.conv4j.dl4j.convert.Conversion;
import org.conv4j.engine.Engine;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.model.Model;
import org.conv4j.model.Predictor;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of Deeplearning4j that runs on conv4j. {@link #output} takes and returns what the
 * network's does, and any number of threads may call it at once. It owns its plans and a copy of
 * the network's weights.
 *
 * <p>For each shape of inputs a plan is compiled when it first comes; {@link
 * Dl4jOptions#maxPlans()} of them are kept.
 */
public final class Dl4jModel implements AutoCloseable {
  private final Model model;
  private final DataType dataType;
  private final Engine engine;
  private final List<Tensor> weights;
  private final Predictor predictor;

  Dl4jModel(Conversion conversion, Engine engine, Dl4jOptions options) {
    this.model = conversion.model();
    this.dataType = conversion.dataType();
    this.engine = engine;
    this.weights = conversion.weights();
    this.predictor = new Predictor(model, dataType, engine, options.compile(), options.maxPlans());
  }

  /**
   * Computes the output of a network with one input and one output.
   *
   * @param input the input; read where it is if it has the network's type and {@link
   *     Nd4jTensors#isViewable could be viewed}, or lies in a workspace, and else copied
   * @return a new array in c order that belongs to no workspace
   * @throws DL4JInvalidInputException if the network cannot take the input
   * @throws IllegalStateException if this or the input is closed
   */
  public INDArray output(INDArray input) {
    INDArray[] outputs = output(new INDArray[] {input});
    if (outputs.length != 1) {
      throw new InvalidArgumentException(
          "The network has %d outputs, not one: %s."
              .formatted(outputs.length, model.outputNames()));
    }
    return outputs[0];
  }

  /**
   * Computes the outputs of a network.
   *
   * @param inputs one for each of the network's inputs, in its order; see {@link #output(INDArray)}
   * @return one new array in c order for each of the network's outputs, of no workspace
   * @throws DL4JInvalidInputException if the network cannot take the inputs
   * @throws IllegalStateException if this or an input is closed
   */
  @SuppressWarnings("try") // It is there to be closed.
  public INDArray[] output(INDArray... inputs) {
    Tensor[] given = new Tensor[inputs.length];
    Tensor[] computed = null;
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (int i = 0; i < inputs.length; i++) {
        given[i] = tensor(inputs[i]);
      }
      List<Shape> shapes = model.outputShapes(shapes(given));
      INDArray[] outputs = new INDArray[shapes.size()];
      computed = new Tensor[outputs.length];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = Nd4jTensors.allocate(dataType, shapes.get(i));
        computed[i] = Nd4jTensors.view(outputs[i]);
      }
      predictor.predict(given, computed);
      return outputs;
    } catch (ShapeMismatchException | InvalidLayerException misfit) {
      throw new DL4JInvalidInputException(misfit.getMessage(), misfit);
    } finally {
      close(given);
      close(computed);
    }
  }

  /** Deeplearning4j converts what is of another type than the network, too. */
  private Tensor tensor(INDArray input) {
    InvalidArgumentException.requirePresent(input, "An input");
    if (input.wasClosed()) {
      throw new IllegalStateException("The input, an array of ND4J, is closed.");
    }
    if (input.isEmpty()) {
      throw new DL4JInvalidInputException("The input is empty.");
    }
    if (input.dataType() != Nd4jTensors.theirs(dataType)) {
      try (INDArray converted = input.castTo(Nd4jTensors.theirs(dataType))) {
        return Nd4jTensors.copy(converted);
      }
    }
    // The caller's workspace stays as it is until this returns.
    return Nd4jTensors.isDense(input) ? Nd4jTensors.viewNow(input) : Nd4jTensors.copy(input);
  }

  private static List<Shape> shapes(Tensor[] tensors) {
    Shape[] shapes = new Shape[tensors.length];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = tensors[i].shape();
    }
    return List.of(shapes);
  }

  private static void close(Tensor[] tensors) {
    if (tensors == null) {
      return;
    }
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        tensor.close();
      }
    }
  }

  /**
   * Returns the network as a model of conv4j, for code that compiles plans itself. Its weights are
   * this object's.
   *
   * @return the model, with inputs and outputs in the order of the network's
   */
  public Model model() {
    return model;
  }

  /**
   * Returns what it computes with.
   *
   * @return the type of the network
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Returns what it runs on.
   *
   * @return the engine that was asked for, or one that was allowed to take over
   */
  public Engine engine() {
    return engine;
  }

  /** Frees plans and weights; calls under way finish first. A second call does nothing. */
  @Override
  public void close() {
    predictor.close();
    weights.forEach(Tensor::close);
  }
}
