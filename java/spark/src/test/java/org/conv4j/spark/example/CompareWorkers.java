package org.conv4j.spark.example;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.conv4j.spark.Conv4jTransformer;

/** Times the same images with one worker and with two, by turns. */
public final class CompareWorkers {
  private static final int ROUNDS = 3;
  private static final int IMAGES = 1600;
  private static final int PARTITIONS = 32;
  private static final int SIZE = 64;

  private CompareWorkers() {}

  /**
   * Prints the seconds of each round and how much faster two workers are, by their best rounds.
   *
   * @param arguments the model's file; it takes images in colour
   * @throws IOException if Spark's folder cannot be filled
   */
  public static void main(String[] arguments) throws IOException {
    double[] best = {0, Double.MAX_VALUE, Double.MAX_VALUE};
    for (int round = 0; round < ROUNDS; round++) {
      for (int workers = 1; workers <= 2; workers++) {
        double seconds = seconds(arguments[0], workers);
        best[workers] = Math.min(best[workers], seconds);
        System.out.printf(
            "%d worker(s): %.2f s, %.2f ms a row%n", workers, seconds, 1e3 * seconds / IMAGES);
      }
    }
    System.out.printf("two workers: %.2f times one%n", best[1] / best[2]);
  }

  private static double seconds(String model, int workers) throws IOException {
    try (SparkSession session = LocalCluster.start(workers, 1024)) {
      Dataset<Row> images = images(session).cache();
      Dataset<Row> scored =
          new Conv4jTransformer()
              .setModelPath(model)
              .setInputCol("png")
              .setOutputCol("scores")
              .setPreprocessing("tf")
              .transform(images);
      // The first run starts the workers' JVMs and compiles their plans.
      run(scored);
      long start = System.nanoTime();
      run(scored);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void run(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static Dataset<Row> images(SparkSession session) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < IMAGES; id++) {
      rows.add(RowFactory.create(id, png(new Random(id))));
    }
    StructType schema =
        new StructType().add("id", DataTypes.IntegerType).add("png", DataTypes.BinaryType);
    return session.createDataFrame(rows, schema).repartition(PARTITIONS);
  }

  private static byte[] png(Random random) throws IOException {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.setRGB(i % SIZE, i / SIZE, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
