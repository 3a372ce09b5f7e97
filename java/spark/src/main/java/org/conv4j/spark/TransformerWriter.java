package org.conv4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.util.DefaultParamsWriter;

/** Saves the parameters as Spark does, and the model beside them. */
final class TransformerWriter extends DefaultParamsWriter {
  static final String MODEL = "/model";

  private final byte[] model;

  TransformerWriter(Conv4jTransformer transformer) {
    super(transformer);
    model = transformer.model();
    if (model == null) {
      throw new IllegalArgumentException(
          "The transformer " + transformer.uid() + " has no model to save; see setModelPath.");
    }
  }

  @Override
  public void saveImpl(String path) {
    super.saveImpl(path);
    try {
      ModelBytes.write(path + MODEL, model);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot save the model to " + path + MODEL + ".", failure);
    }
  }
}
