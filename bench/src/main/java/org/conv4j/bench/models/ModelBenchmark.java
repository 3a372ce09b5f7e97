package org.conv4j.bench.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.conv4j.error.Conv4jException;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** Runs a race for every wanted setting. */
public final class ModelBenchmark {
  /** The name of conv4j among the subjects. */
  public static final String CONV4J = Conv4jModels.NAME;

  private final Path work;
  private final ModelRace race;

  /**
   * Sets how to measure.
   *
   * @param work an existing folder for what the processes leave for each other
   * @param race the libraries and the effort
   * @throws org.conv4j.error.EngineUnavailableException if a library is not on the class path
   */
  public ModelBenchmark(Path work, ModelRace race) {
    race.subjects().forEach(ModelPeers::byName);
    this.work = work;
    this.race = race;
  }

  /**
   * Measures networks.
   *
   * @param folder holds a folder for each network
   * @param models names of networks, or nothing for all
   * @param threads numbers of threads
   * @param batches how many examples to run at once; at most as many as the golden files have
   * @param measured is given the measurements of each setting as they are made
   * @param refused is told which rival could not run a network, and why
   * @throws Conv4jException if conv4j itself could not
   */
  public void run(
      Path folder,
      List<String> models,
      List<Integer> threads,
      List<Integer> batches,
      Consumer<List<ModelMeasurement>> measured,
      Consumer<String> refused) {
    for (ModelFiles files : ModelFiles.in(folder)) {
      if (!models.isEmpty() && !models.contains(files.name())) {
        continue;
      }
      Map<String, Tensor> golden = Npz.read(files.golden());
      try {
        for (int batch : batches) {
          Shape input = write(golden.get("input"), batch, WorkerProcess.INPUT);
          Shape output = write(golden.get("output"), batch, WorkerProcess.EXPECTED);
          for (int count : threads) {
            measured.accept(
                race.measure(new ModelSetting(files, input, output, count), work, refused));
          }
        }
      } finally {
        golden.values().forEach(Tensor::close);
      }
    }
  }

  /** Writes the first examples; returns their shape. */
  private Shape write(Tensor golden, int batch, String file) {
    long[] dims = golden.shape().toArray();
    if (batch < 1 || batch > dims[0]) {
      throw new Conv4jException(
          "The golden files have %d examples; given a batch of %d.".formatted(dims[0], batch));
    }
    float[] all = golden.toFloatArray();
    int count = Math.toIntExact(all.length / dims[0] * batch);
    dims[0] = batch;
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(Arrays.copyOf(all, count));
    try {
      Files.write(work.resolve(file), bytes.array());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return Shape.of(dims);
  }
}
