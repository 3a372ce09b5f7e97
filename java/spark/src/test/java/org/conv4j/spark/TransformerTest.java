package org.conv4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transformer in one JVM, with two tasks at once. */
class TransformerTest {
  private static final int ROWS = 100;
  private static final List<float[]> SCORES = Digits.scores(ROWS);

  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static Conv4jTransformer network() {
    return new Conv4jTransformer()
        .setModelPath(Digits.MODEL.toUri().toString())
        .setInputCol("input")
        .setOutputCol("scores")
        .setBatchSize(7);
  }

  private static Dataset<Row> frame(DataType type, List<?> inputs) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      rows.add(RowFactory.create(i, inputs.get(i)));
    }
    StructType schema = new StructType().add("id", DataTypes.IntegerType).add("input", type, true);
    return session.createDataFrame(rows, schema).repartition(3);
  }

  private static List<?> inputs(java.util.function.IntFunction<?> input) {
    List<Object> inputs = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      inputs.add(input.apply(i));
    }
    return inputs;
  }

  private static Dataset<Row> doubles() {
    return frame(DataTypes.createArrayType(DataTypes.DoubleType), inputs(Digits::numbers));
  }

  private static void assertScored(Dataset<Row> scored) {
    List<Row> rows = scored.sort("id").collectAsList();
    assertThat(rows).hasSize(ROWS);
    for (Row row : rows) {
      assertThat(row.size()).isEqualTo(3);
      float[] expected = SCORES.get(row.getInt(0));
      double[] scores = scores(row);
      assertThat(scores).hasSize(Digits.CLASSES);
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i]).isCloseTo(expected[i], within(3e-6));
      }
    }
  }

  private static double[] scores(Row row) {
    if (row.get(2) instanceof Vector vector) {
      return vector.toArray();
    }
    return row.<Float>getList(2).stream().mapToDouble(score -> score).toArray();
  }

  @Test
  void arraysOfFloatAndDouble() {
    assertScored(network().transform(doubles()));
    List<?> floats = inputs(seed -> Digits.numbers(seed).stream().map(Double::floatValue).toList());
    assertScored(
        network().transform(frame(DataTypes.createArrayType(DataTypes.FloatType), floats)));
  }

  @Test
  void vectorsGiveVectors() {
    List<?> vectors =
        inputs(seed -> Vectors.dense(Digits.numbers(seed).stream().mapToDouble(n -> n).toArray()));
    Dataset<Row> scored = network().transform(frame(SQLDataTypes.VectorType(), vectors));
    assertThat(scored.schema().apply("scores").dataType()).isEqualTo(SQLDataTypes.VectorType());
    assertScored(scored);
  }

  @Test
  void images() {
    assertScored(
        network()
            .setPreprocessing("scale")
            .transform(frame(DataTypes.BinaryType, inputs(Digits::png))));
  }

  @Test
  void otherSettingsGiveTheSame() {
    assertScored(network().setThreads(2).setExact(true).setBatchSize(1).transform(doubles()));
    assertScored(network().setEngine("java").setBatchSize(1000).transform(doubles()));
    assertScored(network().setInputShape(8, 8, 1).transform(doubles()));
  }

  @Test
  void invalidRowsFailAreLeftOutOrGetNull() {
    List<Double> right = Digits.numbers(0);
    List<Double> notANumber = new ArrayList<>(right);
    notANumber.set(5, Double.NaN);
    List<Object> inputs =
        new ArrayList<>(Arrays.asList(right, null, List.of(1.0), notANumber, right));
    Dataset<Row> frame = frame(DataTypes.createArrayType(DataTypes.DoubleType), inputs);
    assertThatThrownBy(() -> network().transform(frame).collectAsList())
        .hasStackTraceContaining("Partition")
        .hasStackTraceContaining("handleInvalid");
    assertThat(ids(network().setHandleInvalid("skip").transform(frame))).containsExactly(0, 4);
    Dataset<Row> kept = network().setHandleInvalid("keep").transform(frame);
    assertThat(ids(kept)).containsExactly(0, 1, 2, 3, 4);
    assertThat(ids(kept.where("scores is null"))).containsExactly(1, 2, 3);
  }

  @Test
  void everyKindOfInvalidRowIsNamed() {
    DataType array = DataTypes.createArrayType(DataTypes.DoubleType);
    assertFails(array, null, "the input is null");
    assertFails(array, List.of(1.0), "must have 64 numbers, for the shape (7, 8, 8, 1)");
    assertFails(array, Collections.nCopies(64, Double.NaN), "is NaN");
    assertFails(DataTypes.BinaryType, new byte[] {1, 2, 3}, "the image is no PNG or JPEG");
    byte[] png = Digits.png(0);
    assertFails(DataTypes.BinaryType, Arrays.copyOf(png, png.length / 2), "the image is");
  }

  private static void assertFails(DataType type, Object input, String message) {
    Dataset<Row> frame = frame(type, Collections.singletonList(input));
    assertThatThrownBy(() -> network().transform(frame).collectAsList())
        .isInstanceOf(SparkException.class)
        .hasStackTraceContaining("IllegalArgumentException: Partition")
        .hasStackTraceContaining(message);
  }

  private static List<Integer> ids(Dataset<Row> rows) {
    return rows.sort("id").collectAsList().stream().map(row -> row.getInt(0)).toList();
  }

  @Test
  void emptyPartitionsAndFrames() {
    Dataset<Row> none = doubles().where("id < 0");
    assertThat(network().transform(none).collectAsList()).isEmpty();
    assertScored(network().transform(doubles().repartition(120)));
  }

  @Test
  void aPipelineIsSavedAndLoaded() throws Exception {
    PipelineModel pipeline =
        new Pipeline().setStages(new PipelineStage[] {network()}).fit(doubles());
    String path = folder.resolve("pipeline").toUri().toString();
    pipeline.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    Conv4jTransformer stage = (Conv4jTransformer) loaded.stages()[0];
    assertThat(stage.$(stage.batchSize())).isEqualTo(7);
    assertScored(loaded.transform(doubles()));
    Path alone = folder.resolve("alone");
    network().write().save(alone.toUri().toString());
    assertThat(Files.size(alone.resolve("model"))).isEqualTo(Files.size(Digits.MODEL));
    assertScored(Conv4jTransformer.load(alone.toUri().toString()).transform(doubles()));
  }

  @Test
  void aCopyHasTheModel() {
    assertScored(network().copy(org.apache.spark.ml.param.ParamMap.empty()).transform(doubles()));
  }

  @Test
  void whatIsWrongIsSaidOnTheDriver() {
    Dataset<Row> frame = doubles();
    assertInvalid(() -> network().setModelPath("file:/none.keras"), "none.keras");
    assertInvalid(() -> network().setModel(new byte[9]).transform(frame), "none of the formats");
    assertInvalid(
        () -> new Conv4jTransformer().setInputCol("input").setOutputCol("x").transform(frame),
        "There is no model");
    assertInvalid(() -> new Conv4jTransformer().transform(frame), "inputCol");
    assertInvalid(() -> network().setInputCol("other").transform(frame), "no column 'other'");
    assertInvalid(() -> network().setInputCol("id").transform(frame), "given int");
    assertInvalid(() -> network().setOutputCol("id").transform(frame), "'id' (outputCol)");
    assertInvalid(() -> network().setHandleInvalid("drop"), "handleInvalid");
    assertInvalid(() -> network().setPreprocessing("grey"), "preprocessing");
    assertInvalid(() -> network().setBatchSize(0), "batchSize");
    assertInvalid(() -> network().setInputShape(9, 9, 1).transform(frame), "(None, 8, 8, 1)");
    assertInvalid(() -> network().setEngine("gpu").transform(frame), "no engine 'gpu'");
  }

  private static void assertInvalid(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
