package org.conv4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.Conv4jException;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.image.ImageLayout;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/**
 * How a network is run: what is sent to executors, apart from the model.
 *
 * @param batchSize how many rows are computed at once
 * @param threads how many threads a task may use
 * @param engineName the engine
 * @param exact whether faster sums are ruled out
 * @param inputShape the extents of one input; null for the model's
 * @param kind what the column of inputs holds
 * @param preprocessing what is done to images
 * @param handleInvalid what becomes of rows without a valid input
 */
record NetworkSettings(
    int batchSize,
    int threads,
    String engineName,
    boolean exact,
    int[] inputShape,
    InputKind kind,
    String preprocessing,
    String handleInvalid)
    implements Serializable {
  private static final String NAME = "the model";

  /**
   * Finds out on the driver whether the model can be run.
   *
   * @throws IllegalArgumentException if not
   */
  void check(byte[] model) {
    if (model == null) {
      throw new IllegalArgumentException("There is no model; call setModelPath or setModel first.");
    }
    try (LoadedModel loaded = Models.load(model, NAME)) {
      requireOneInputAndOutput(loaded);
      loaded.model().outputShape(inputShape(loaded.model(), 1));
      requireEngine();
    } catch (Conv4jException failure) {
      throw new IllegalArgumentException(failure.getMessage(), failure);
    }
  }

  /** What plans can be shared by: everything but what is done with invalid rows. */
  String key() {
    return String.join(
        " ",
        Integer.toString(batchSize),
        Integer.toString(threads),
        engineName,
        Boolean.toString(exact),
        Arrays.toString(inputShape),
        kind.name(),
        preprocessing);
  }

  /** Compiles a plan for a batch of rows. */
  Plan compile(byte[] model) {
    try (LoadedModel loaded = Models.load(model, NAME)) {
      CompileOptions options = CompileOptions.DEFAULT.withExact(exact);
      options =
          threads == 1
              ? options.withMode(PerformanceMode.THROUGHPUT)
              : options.withThreads(threads);
      Engine engine = Engines.byName(engineName);
      Shape batch = inputShape(loaded.model(), batchSize);
      return loaded.model().compile(batch, DataType.FLOAT32, engine, options);
    }
  }

  /** How images become inputs. */
  ImageRows images(byte[] model) {
    try (LoadedModel loaded = Models.load(model, NAME)) {
      return new ImageRows(layout(loaded.model()), preprocessing);
    }
  }

  /** Whether it can be used is another question on each executor. */
  private void requireEngine() {
    List<String> names = Engines.all().stream().map(Engine::name).toList();
    if (!names.contains(engineName)) {
      throw new IllegalArgumentException(
          "There is no engine '%s'; there are %s.".formatted(engineName, names));
    }
  }

  private static void requireOneInputAndOutput(LoadedModel loaded) {
    if (loaded.inputs().size() != 1 || loaded.outputNames().size() != 1) {
      throw new IllegalArgumentException(
          "The model must have one input and one output; it has the inputs %s and the outputs %s."
              .formatted(loaded.inputNames(), loaded.outputNames()));
    }
  }

  private ImageLayout layout(Model model) {
    int[] size = null;
    if (inputShape != null && inputShape.length == 3) {
      boolean first = inputShape[0] <= 4 && inputShape[2] > 4;
      size = first ? tail(inputShape) : Arrays.copyOf(inputShape, 2);
    }
    return ImageLayout.of(model, size, null);
  }

  private static int[] tail(int[] extents) {
    return Arrays.copyOfRange(extents, 1, extents.length);
  }

  private Shape inputShape(Model model, int batch) {
    if (kind == InputKind.IMAGE) {
      return layout(model).shape().withDim(0, batch);
    }
    InputSpec input = model.inputs().get(0);
    long[] dims = inputShape == null ? extents(input) : given();
    dims[0] = batch;
    Shape shape = Shape.of(dims);
    input.check(shape);
    return shape;
  }

  private long[] given() {
    long[] dims = new long[inputShape.length + 1];
    for (int i = 0; i < inputShape.length; i++) {
      dims[i + 1] = inputShape[i];
    }
    return dims;
  }

  private static long[] extents(InputSpec input) {
    List<Long> dims = input.dims();
    if (dims == null || dims.subList(1, dims.size()).contains(InputSpec.ANY)) {
      throw new IllegalArgumentException(
          "The input '%s' has the shape %s: set inputShape, without the batch."
              .formatted(input.name(), input.format()));
    }
    return dims.stream().mapToLong(dim -> dim).toArray();
  }
}
