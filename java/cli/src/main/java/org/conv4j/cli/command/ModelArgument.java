package org.conv4j.cli.command;

import java.nio.file.Path;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import picocli.CommandLine.Parameters;

/** The file of a command that works on a model. */
final class ModelArgument {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = {
        "A .keras, .h5 or .onnx file, or the model.json of a TensorFlow.js layers-model."
      })
  private Path path;

  /** Reads the model; the caller closes it. */
  LoadedModel load() {
    return Models.load(path);
  }

  Path path() {
    return path;
  }
}
