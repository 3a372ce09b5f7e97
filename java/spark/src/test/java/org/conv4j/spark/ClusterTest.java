package org.conv4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.conv4j.spark.example.LocalCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Two workers in processes of their own, one of which dies while it computes. */
class ClusterTest {
  private static final int IMAGES = 10_000;
  private static final int PARTITIONS = 60;

  /** The reference is slow: one of so many rows is compared with it, all with oneDNN. */
  private static final int STEP = 50;

  @Test
  @EnabledOnOs(OS.LINUX)
  void noRowIsLostWhenAnExecutorDies() throws Exception {
    try (SparkSession session = LocalCluster.start(2, 1024)) {
      ExecutorKiller killer = new ExecutorKiller();
      session.sparkContext().addSparkListener(killer);
      Dataset<Row> images = images(session);
      // The reference takes milliseconds for a row, so that tasks run when the executor dies.
      List<Row> rows =
          new Conv4jTransformer()
              .setModelPath(Digits.MODEL.toUri().toString())
              .setInputCol("png")
              .setOutputCol("scores")
              .setPreprocessing("scale")
              .setEngine("reference")
              .transform(images)
              .drop("png")
              .sort("id")
              .collectAsList();
      assertThat(killer.killed()).isTrue();
      assertThat(killer.lostTasks()).as("tasks that ran on it").isPositive();
      assertThat(rows).hasSize(IMAGES);
      for (int id = 0; id < IMAGES; id++) {
        assertThat(rows.get(id).getInt(0)).isEqualTo(id);
      }
      assertScored(rows);
    }
  }

  private static void assertScored(List<Row> rows) {
    int[] some = IntStream.range(0, IMAGES / STEP).map(i -> i * STEP).toArray();
    List<float[]> expected = Digits.scores(some, "reference");
    for (int i = 0; i < some.length; i++) {
      List<Float> scores = rows.get(some[i]).getList(1);
      for (int k = 0; k < Digits.CLASSES; k++) {
        assertThat(scores.get(k)).isCloseTo(expected.get(i)[k], within(1e-6f));
      }
    }
    List<float[]> all = Digits.scores(IMAGES);
    for (int id = 0; id < IMAGES; id++) {
      List<Float> scores = rows.get(id).getList(1);
      for (int k = 0; k < Digits.CLASSES; k++) {
        assertThat(scores.get(k)).isCloseTo(all.get(id)[k], within(1e-5f));
      }
    }
  }

  private static Dataset<Row> images(SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < IMAGES; id++) {
      rows.add(RowFactory.create(id, Digits.png(id)));
    }
    StructType schema =
        new StructType().add("id", DataTypes.IntegerType).add("png", DataTypes.BinaryType);
    return session.createDataFrame(rows, schema).repartition(PARTITIONS);
  }
}
