package org.conv4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conv4j.cli.data.TensorSet;
import org.conv4j.npy.Npy;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.Tensor;

/** The models that the importer is tested with, and what Keras answers. */
final class SmallModels {
  private static final Path FOLDER = Path.of("../keras/src/test/resources/models");

  private SmallModels() {}

  /**
   * A file of a model.
   *
   * @param file the file's name
   * @param entry what the index says
   */
  record Sample(String file, JsonNode entry) {
    Path path() {
      return FOLDER.resolve(file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Path path(String file) {
    return FOLDER.resolve(file);
  }

  static Stream<Sample> all() throws IOException {
    JsonNode models =
        new ObjectMapper().readTree(Files.readAllBytes(path("index.json"))).path("models");
    return StreamSupport.stream(models.spliterator(), false)
        .flatMap(
            model ->
                StreamSupport.stream(model.path("files").spliterator(), false)
                    .map(file -> new Sample(file.asText(), model)));
  }

  /** Splits a golden into files {@code input_0.npy}, ... and returns the arguments to run it. */
  static List<Object> inputs(String golden, Path folder) {
    List<Object> arguments = new ArrayList<>();
    try (TensorSet arrays = new TensorSet(Npz.read(path(golden)))) {
      for (int i = 0; arrays.tensors().containsKey("input_" + i); i++) {
        Path file = folder.resolve("input_" + i + ".npy");
        Npy.write(file, arrays.tensors().get("input_" + i));
        arguments.add("--input");
        arguments.add(file);
      }
    }
    return arguments;
  }

  /** What Keras answers, in the model's order. */
  static List<double[]> outputs(String golden) {
    List<double[]> outputs = new ArrayList<>();
    try (TensorSet arrays = new TensorSet(Npz.read(path(golden)))) {
      for (int i = 0; arrays.tensors().containsKey("output_" + i); i++) {
        outputs.add(arrays.tensors().get("output_" + i).toDoubleArray());
      }
    }
    return outputs;
  }

  /** Runs a model by the command. */
  static CommandResult run(String model, Object... options) {
    List<Object> args = new ArrayList<>(List.of("run", path(model)));
    args.addAll(List.of(options));
    return CommandResult.of(args.toArray());
  }

  /** The elements of an output that was written. */
  static double[] read(Path file) {
    try (Tensor y = Npy.read(file)) {
      return y.toDoubleArray();
    }
  }
}
