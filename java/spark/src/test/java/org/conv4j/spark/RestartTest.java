package org.conv4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** A JVM in which Spark is stopped and started again, as notebooks do. */
class RestartTest {
  @Test
  void plansOfAnotherModelAreNotTakenForThisOne() {
    assertThat(outputs(Digits.MODEL, Digits.SIZE)).isEqualTo(Digits.CLASSES);
    Path other = Path.of("../djl/src/test/resources/org/conv4j/djl/small.keras").toAbsolutePath();
    assertThat(outputs(other, 24 * 32 * 3)).isEqualTo(5);
  }

  /** How many numbers the network returns in a Spark context of its own. */
  private static int outputs(Path model, int inputSize) {
    SparkSession session =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    try {
      StructType schema =
          new StructType().add("input", DataTypes.createArrayType(DataTypes.DoubleType));
      Dataset<Row> frame =
          session.createDataFrame(
              List.of(RowFactory.create(Collections.nCopies(inputSize, 0.5))), schema);
      Row row =
          new Conv4jTransformer()
              .setModelPath(model.toUri().toString())
              .setInputCol("input")
              .setOutputCol("output")
              .transform(frame)
              .first();
      return row.getList(1).size();
    } finally {
      session.stop();
    }
  }
}
