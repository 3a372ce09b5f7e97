package org.conv4j.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.conv4j.bytes.FileBytes;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.limit.Limits;
import org.conv4j.onnx.format.ModelFile;
import org.conv4j.onnx.format.ModelParser;
import org.conv4j.onnx.format.OnnxFile;
import org.conv4j.onnx.importer.GraphImporter;
import org.conv4j.onnx.importer.Imported;
import org.conv4j.tensor.Tensor;

/**
 * Loads ONNX models, which {@link org.conv4j.file.Models} loads, too; here inputs can be made
 * constants, and a model can be cut.
 *
 * <pre>
 * try (OnnxModel loaded = OnnxModels.load(Path.of("model.onnx"))) {
 *   Model model = loaded.model();
 *   ...
 * }
 * </pre>
 */
public final class OnnxModels {
  private OnnxModels() {}

  /**
   * Loads a model.
   *
   * @param path the {@code .onnx} file; files of weights that it names are in its folder
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.FileAccessException if a file is missing or cannot be read
   * @throws org.conv4j.error.MalformedFileException if it is no sound ONNX file
   * @throws org.conv4j.error.InvalidLayerException if it has operators that conv4j cannot run; all
   *     of them are named
   * @throws org.conv4j.error.LimitExceededException if it takes more than {@link Limits#DEFAULT}
   */
  public static OnnxModel load(Path path) {
    return load(path, Map.of(), List.of(), Limits.DEFAULT);
  }

  /**
   * Loads a model, or a part of it.
   *
   * @param path the {@code .onnx} file
   * @param constants inputs that are the same in every run, by name: what depends on them only is
   *     computed at once, branches are decided. They are copied
   * @param outputs the names of the values that the model is to return, of which inner ones leave
   *     out what comes after; empty for the file's own
   * @param limits how much the model may take while it is loaded
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.InvalidArgumentException if there is no such input
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static OnnxModel load(
      Path path, Map<String, Tensor> constants, List<String> outputs, Limits limits) {
    return load(new OnnxFile(FileBytes.open(path), path), constants, outputs, limits);
  }

  /**
   * Loads a model that is in memory already, for example from a resource of a jar.
   *
   * @param content a whole file; not copied, so it must not change until the model is closed
   * @param source what messages call it, for example the resource's name
   * @param limits how much the model may take while it is loaded
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static OnnxModel load(byte[] content, String source, Limits limits) {
    return load(content, source, Map.of(), List.of(), limits);
  }

  /**
   * Loads a model that is in memory already, or a part of it.
   *
   * @param content a whole file; not copied, so it must not change until the model is closed
   * @param source what messages call it, for example the resource's name
   * @param constants as for a file
   * @param outputs as for a file
   * @param limits how much the model may take while it is loaded
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static OnnxModel load(
      byte[] content,
      String source,
      Map<String, Tensor> constants,
      List<String> outputs,
      Limits limits) {
    OnnxFile file = new OnnxFile(new MemoryBytes(content, source), null);
    return load(file, constants, outputs, limits);
  }

  private static OnnxModel load(
      OnnxFile file, Map<String, Tensor> constants, List<String> outputs, Limits limits) {
    try {
      ModelFile parsed = ModelParser.parse(file, limits);
      GraphImporter importer = new GraphImporter(file.source(), parsed, constants, limits);
      Imported imported = importer.run(outputs.isEmpty() ? null : outputs);
      return new OnnxModel(file, parsed, imported);
    } catch (RuntimeException | Error failure) {
      file.close();
      throw failure;
    }
  }
}
