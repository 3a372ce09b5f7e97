package org.conv4j.spark;

import org.apache.spark.ml.util.DefaultParamsReader;

/** Reads what {@link TransformerWriter} saves. */
final class TransformerReader extends DefaultParamsReader<Conv4jTransformer> {
  @Override
  public Conv4jTransformer load(String path) {
    return super.load(path).setModelPath(path + TransformerWriter.MODEL);
  }
}
