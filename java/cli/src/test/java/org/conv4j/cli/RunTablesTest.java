package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.cli.SmallModels.read;
import static org.conv4j.cli.SmallModels.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.conv4j.npy.Npy;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, and arrays that lack the batch, as inputs and outputs. */
class RunTablesTest {
  /** Takes (None, 40, 1). */
  private static final String SERIES = "wavenet.keras";

  private static final int STEPS = 40;

  @TempDir private Path folder;
  private Path table;
  private Path array;
  private Path output;

  @BeforeEach
  void writeASeries() throws IOException {
    Random random = new Random(8);
    double[] values = DoubleStream.generate(random::nextGaussian).limit(STEPS).toArray();
    table = folder.resolve("series.csv");
    Files.writeString(
        table,
        DoubleStream.of(values)
            .mapToObj(Double::toString)
            .collect(Collectors.joining("\n", "value\n", "\n")));
    array = folder.resolve("series.npy");
    write(array, Shape.of(1, STEPS, 1), values);
    output = folder.resolve("y.npy");
  }

  @Test
  void aTableIsABatchOfOneWhereTheModelSaysSo() {
    run(SERIES, "--input", array, "--output", output).assertSucceeded();
    double[] expected = read(output);
    CommandResult result = run(SERIES, "--input", table, "--output", output);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .containsExactly(
            "conv4j: the input 'wave' of the shape (40, 1) is taken as a batch of 1: (1, 40, 1).");
    assertThat(read(output)).containsExactly(expected);
  }

  @Test
  void anArrayMayLackTheBatchToo() {
    try (Tensor x = Npy.read(array)) {
      Npy.write(array, x.reshape(Shape.of(STEPS, 1)));
    }
    CommandResult result = run(SERIES, "--input", array);
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).hasSize(1);
    CommandResult verified = CommandResult.of("verify", SmallModels.path(SERIES), "--input", array);
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.err()).hasSize(1);
  }

  @Test
  void nothingElseIsChanged() {
    write(array, Shape.of(STEPS), new double[STEPS]);
    run(SERIES, "--input", array).assertRefused("'wave'", "(None, 40, 1)", "(40,)");
    write(array, Shape.of(STEPS + 1, 1), new double[STEPS + 1]);
    run(SERIES, "--input", array).assertRefused("'wave'", "(None, 40, 1)", "(41, 1)");
    write(array, Shape.of(1, 1, STEPS, 1), new double[STEPS]);
    run(SERIES, "--input", array).assertRefused("'wave'", "(1, 1, 40, 1)");
  }

  @Test
  void aTableOfRowsIsABatch() throws IOException {
    Path rows = folder.resolve("noise.tsv");
    Files.writeString(rows, "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n".repeat(2));
    run("dcgan_generator.keras", "--input", rows, "--output", output).assertSucceeded();
    try (Tensor y = Npy.read(output)) {
      assertThat(y.shape()).isEqualTo(Shape.of(2, 32, 32, 3));
    }
  }

  @Test
  void outputsOfRowsAndColumnsGoToTables() throws IOException {
    Path y = folder.resolve("y.csv");
    Path image = Path.of("../image/src/test/resources/org/conv4j/image/photo.jpg");
    String model = "mobilenet_v2.keras";
    run(model, "--input", image, image, "--output", output).assertSucceeded();
    run(model, "--input", image, image, "--output", y).assertSucceeded();
    List<String> lines = Files.readAllLines(y);
    assertThat(lines).hasSize(2);
    double[] expected = read(output);
    for (int i = 0; i < 2; i++) {
      String[] cells = lines.get(i).split(",");
      assertThat(cells).hasSize(7);
      for (int j = 0; j < 7; j++) {
        assertThat(Float.parseFloat(cells[j])).isEqualTo((float) expected[i * 7 + j]);
      }
    }
    run("unet.keras", "--input", image, "--image-size", "8,16", "--output", folder.resolve("z.csv"))
        .assertRefused("'mask'", "(1, 8, 16, 2)", "rows and columns");
    assertThat(folder.resolve("z.csv")).doesNotExist();
  }

  @Test
  void malformedTablesAreBadInput() throws IOException {
    Files.writeString(table, "value\n1\ntwo\n");
    run(SERIES, "--input", table)
        .assertRefused(table.toString(), "line 3, column 1", "'two' is no number");
    Files.writeString(table, "value\n");
    run(SERIES, "--input", table).assertRefused("holds no numbers");
    run(SERIES, "--input", folder.resolve("none.csv")).assertRefused("none.csv", "no such file");
  }

  private static void write(Path file, Shape shape, double[] values) {
    try (Tensor x = Tensor.of(shape, values)) {
      Npy.write(file, x);
    }
  }
}
