package org.conv4j.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.djl.memory.Storage;
import org.conv4j.djl.memory.Types;
import org.conv4j.djl.memory.View;
import org.conv4j.error.Conv4jException;
import org.conv4j.file.LoadedModel;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Predictor;
import org.conv4j.tensor.Tensor;

/**
 * The network as DJL calls it. Safe for any thread; closed with the manager of its model. The
 * results belong to the manager of the first input.
 */
final class Conv4jBlock extends AbstractSymbolBlock implements AutoCloseable {
  private final LoadedModel loaded;
  private final InputLayout layout;
  private final org.conv4j.tensor.DataType type;
  private final Predictor predictor;

  /** Takes over the model. */
  Conv4jBlock(LoadedModel loaded, ModelOptions options, NDManager owner) {
    this.loaded = loaded;
    layout = options.layout();
    type = options.dataType() == null ? loaded.dataType() : options.dataType();
    predictor =
        new Predictor(
            loaded.model(), type, options.engine(type), options.compile(), options.maxPlans());
    owner.attachInternal(NDManager.nextUid(), this);
  }

  DataType dataType() {
    return Types.djl(type);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> other) {
    List<InputSpec> specs = loaded.inputs();
    List<NDArray> arrays = ordered(specs, inputs);
    try (Feed feed = new Feed(type)) {
      for (int i = 0; i < specs.size(); i++) {
        feed.add(arrays.get(i), specs.get(i), layout);
      }
      return results(feed, inputs.head().getManager());
    } catch (Conv4jException failure) {
      throw new EngineException(failure.getMessage(), failure);
    }
  }

  /** By name if they have names that the model knows, else as they come. */
  private static List<NDArray> ordered(List<InputSpec> specs, NDList inputs) {
    if (inputs.size() != specs.size()) {
      throw new IllegalArgumentException(
          "The model takes %d inputs, %s; given %d."
              .formatted(
                  specs.size(), specs.stream().map(InputSpec::name).toList(), inputs.size()));
    }
    List<NDArray> byName = new ArrayList<>();
    for (InputSpec spec : specs) {
      inputs.stream()
          .filter(i -> spec.name().equals(i.getName()))
          .findFirst()
          .ifPresent(byName::add);
    }
    return byName.size() == specs.size() ? byName : inputs;
  }

  private NDList results(Feed feed, NDManager manager) {
    List<Tensor> tensors = feed.isEmpty() ? List.of() : predictor.predict(feed.tensors());
    List<int[]> shapes = feed.outputShapes(loaded.model());
    NDList results = new NDList();
    for (int i = 0; i < shapes.size(); i++) {
      Storage storage =
          feed.isEmpty() ? Storage.allocate(dataType(), 0) : Storage.of(tensors.get(i));
      View view = View.of(0, shapes.get(i));
      if (layout == InputLayout.NCHW && view.rank() > 2) {
        view = view.transposed(InputLayout.first(view.rank()));
      }
      NDArray result = new Conv4jArray(manager, storage, view);
      result.setName(loaded.outputNames().get(i));
      results.add(result);
    }
    return results;
  }

  @Override
  public PairList<String, Shape> describeInput() {
    PairList<String, Shape> inputs = new PairList<>();
    for (InputSpec input : loaded.inputs()) {
      inputs.add(
          input.name(),
          input.dims() == null
              ? null
              : new Shape(input.dims().stream().mapToLong(dim -> dim).toArray()));
    }
    return inputs;
  }

  @Override
  public PairList<String, Shape> describeOutput() {
    List<org.conv4j.shape.Shape> open = loaded.inputs().stream().map(InputSpec::open).toList();
    List<org.conv4j.shape.Shape> shapes = loaded.model().outputShapes(open);
    PairList<String, Shape> outputs = new PairList<>();
    for (int i = 0; i < shapes.size(); i++) {
      outputs.add(loaded.outputNames().get(i), new Shape(shapes.get(i).extents()));
    }
    return outputs;
  }

  @Override
  public ParameterList getDirectParameters() {
    throw new UnsupportedOperationException(
        "The weights of a model of the engine Conv4j stay in its plans and cannot be read or trained.");
  }

  @Override
  public void close() {
    predictor.close();
    loaded.close();
  }
}
