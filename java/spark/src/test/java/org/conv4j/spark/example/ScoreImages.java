package org.conv4j.spark.example;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.conv4j.spark.Conv4jTransformer;

/** Scores the images of a folder with a Keras model. */
public final class ScoreImages {
  private ScoreImages() {}

  /**
   * Prints the class and the probability of each image.
   *
   * @param arguments the model and the folder of images
   * @throws java.io.IOException if Spark cannot be stopped
   */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      Dataset<Row> images =
          session.read().format("binaryFile").option("pathGlobFilter", "*.png").load(arguments[1]);
      new Conv4jTransformer()
          .setModelPath(arguments[0])
          .setInputCol("content")
          .setOutputCol("scores")
          .setPreprocessing("scale")
          .transform(images)
          .selectExpr(
              "substring_index(path, '/', -1) as image",
              "array_position(scores, array_max(scores)) - 1 as class",
              "array_max(scores) as probability")
          .orderBy("image")
          .show(false);
    }
  }
}
