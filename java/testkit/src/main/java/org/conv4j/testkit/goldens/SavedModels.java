package org.conv4j.testkit.goldens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.Tensor;

/**
 * The models that real Keras saved, with what it answers. They lie among the tests of the importer;
 * see their README for how they came.
 */
public final class SavedModels {
  /** From the folder of any module under java/, where its tests run. */
  private static final Path FOLDER = Path.of("..", "keras", "src", "test", "resources", "models");

  private SavedModels() {}

  /**
   * One model.
   *
   * @param name what the index calls it
   * @param files files that all hold this model
   * @param goldens archives of inputs and Keras's outputs
   * @param parameters the number of parameters as Keras counts them
   */
  public record SavedModel(String name, List<Path> files, List<Path> goldens, long parameters) {}

  /**
   * Inputs and what Keras makes of them.
   *
   * @param inputs in the model's order
   * @param outputs in the model's order
   */
  public record Answer(List<Tensor> inputs, List<Tensor> outputs) implements AutoCloseable {
    /**
     * Reads an answer.
     *
     * @param archive an archive of inputs and outputs
     * @return tensors that the caller owns
     */
    public static Answer read(Path archive) {
      Map<String, Tensor> tensors = Npz.read(archive);
      return new Answer(numbered(tensors, "input_"), numbered(tensors, "output_"));
    }

    private static List<Tensor> numbered(Map<String, Tensor> tensors, String prefix) {
      List<Tensor> list = new ArrayList<>();
      for (int i = 0; tensors.containsKey(prefix + i); i++) {
        list.add(tensors.get(prefix + i));
      }
      return list;
    }

    @Override
    public void close() {
      inputs.forEach(Tensor::close);
      outputs.forEach(Tensor::close);
    }
  }

  /**
   * Lists the models.
   *
   * @return the models of the index
   */
  public static List<SavedModel> all() {
    List<SavedModel> models = new ArrayList<>();
    for (JsonNode model : index().path("models")) {
      List<Path> files = new ArrayList<>();
      for (Path file : paths(model.path("files"))) {
        // The weights of a configuration are named too, but are no model.
        if (!file.toString().endsWith(".weights.h5") && !file.toString().endsWith(".bin")) {
          files.add(file);
        }
      }
      models.add(
          new SavedModel(
              model.path("name").textValue(),
              files,
              paths(model.path("goldens")),
              model.path("parameters").longValue()));
    }
    return models;
  }

  private static JsonNode index() {
    try {
      return new ObjectMapper().readTree(Files.readString(FOLDER.resolve("index.json")));
    } catch (IOException missing) {
      throw new UncheckedIOException("The saved models cannot be read.", missing);
    }
  }

  private static List<Path> paths(JsonNode names) {
    List<Path> paths = new ArrayList<>();
    names.forEach(name -> paths.add(FOLDER.resolve(name.textValue())));
    return paths;
  }
}
