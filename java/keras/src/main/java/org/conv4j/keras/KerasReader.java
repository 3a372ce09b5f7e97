package org.conv4j.keras;

import org.conv4j.file.LoadedModel;
import org.conv4j.file.ModelReader;
import org.conv4j.file.ModelSource;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.limit.Limits;

/**
 * Lets {@link org.conv4j.file.Models} load Keras's models, as {@link KerasModels} does. Safe for
 * any thread.
 */
public final class KerasReader implements ModelReader {
  /** Creates the reader; {@link java.util.ServiceLoader} does so. */
  public KerasReader() {}

  @Override
  public String formats() {
    return "Keras (.keras, .h5, a folder with config.json) and TensorFlow.js (model.json)";
  }

  @Override
  public boolean accepts(ModelSource source) {
    return ModelFile.accepts(source);
  }

  @Override
  public LoadedModel read(ModelSource source, Limits limits) {
    return source.path().isPresent()
        ? KerasModels.load(source.path().get(), limits)
        : KerasModels.load(source.content().orElseThrow(), source.name(), limits);
  }
}
