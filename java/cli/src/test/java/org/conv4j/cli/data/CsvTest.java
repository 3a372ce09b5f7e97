package org.conv4j.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2,3\n4,5,6\n",
        "1;2;3\n4;5;6",
        "1\t2\t3\r\n4\t5\t6\r\n",
        "1,2,3\r4,5,6\r",
        "a,b,c\n1,2,3\n4,5,6\n\n\n",
        "\ufeff\"a, b\",b,\"c\"\n \"1\" , +2, 3.\n4.0,.5e1,60E-1\n",
        "# a,b,c\n1,2,3\n4,5,6\n"
      })
  void readsRowsAndColumns(String text) throws IOException {
    try (Tensor table = read(text)) {
      assertThat(table.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(table.dataType()).isEqualTo(DataType.FLOAT64);
      assertThat(table.toDoubleArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void oneColumnNeedsNoSeparator() throws IOException {
    try (Tensor table = read("value\n1\nnan\n-inf\n")) {
      assertThat(table.shape()).isEqualTo(Shape.of(3, 1));
      assertThat(table.toDoubleArray()).containsExactly(1, Double.NaN, Double.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2/3,x | line 2, column 2: 'x' is no number",
        "a,b/1,2/3, | line 3, column 2: it is empty",
        "1,2/3 | line 2: it has 1 columns; the first line has 2",
        "a,b,c/1,2 | line 2: it has 2 columns; the first line has 3",
        "a,2/1,2 | line 1, column 1: 'a' is no number",
        "1,2//3,4 | line 2: it is empty",
        ",a/0,1 | line 1, column 1: the header has no name",
        "1;2,5 | line 1, column 2: '2,5' is no number",
        "1,0x10 | line 1, column 2: '0x10' is no number",
        "1,2f | line 1, column 2: '2f' is no number",
        "1,--2 | line 1, column 2: '--2' is no number",
        "1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 'aaaaaaaaaaaaaaaaaaaa...'",
        "a,b | holds no numbers",
        "# nothing | holds no numbers"
      })
  void tellsTheLineAndColumnOfWhatIsMalformed(String text, String message) {
    assertThatThrownBy(() -> read(text.replace('/', '\n')))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("table.csv")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    byte[] noise = new byte[5000];
    new Random(3).nextBytes(noise);
    Path file = Files.write(folder.resolve("noise.csv"), noise);
    assertThatThrownBy(() -> Csv.read(file)).isInstanceOf(MalformedFileException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(MalformedFileException.class);
    assertThatThrownBy(() -> read("1,2\u0000\n"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'2?'");
    assertThatThrownBy(() -> Csv.read(folder)).isInstanceOf(FileAccessException.class);
    assertThatThrownBy(() -> Csv.read(folder.resolve("none.csv")))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aLineHasALimit() throws IOException {
    Path file = folder.resolve("long.csv");
    Files.write(file, "1".repeat((1 << 24) + 1).getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("line 1: it has more than 16777216 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y.csv", "y.tsv"})
  void whatIsWrittenIsReadAgain(String name) {
    float[] values = {1, -0.1f, 1e-30f, Float.NaN, Float.POSITIVE_INFINITY, 16777216};
    Path file = folder.resolve(name);
    for (Shape shape : new Shape[] {Shape.of(2, 3), Shape.of(1, 2, 3)}) {
      try (Tensor tensor = Tensor.of(shape, values)) {
        Csv.write(file, tensor);
      }
      try (Tensor read = Csv.read(file)) {
        assertThat(read.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(read.toFloatArray()).containsExactly(values);
      }
    }
  }

  @Test
  void writesTheShortestNumbers() throws IOException {
    Path file = folder.resolve("y.csv");
    try (Tensor tensor = Tensor.of(Shape.of(2), 0.1f, 2)) {
      Csv.write(file, tensor);
    }
    assertThat(file).hasContent("0.1\n2.0\n");
    try (Tensor tensor = Tensor.of(Shape.of(1, 2), 0.1, 1 / 3.0)) {
      Csv.write(file, tensor);
    }
    assertThat(file).hasContent("0.1,0.3333333333333333\n");
  }

  @Test
  void refusesWhatIsNoTable() {
    assertThatThrownBy(() -> Csv.requireTable("y", Shape.of(2, 3, 4)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("The output 'y' has the shape (2, 3, 4)");
  }

  private Tensor read(String text) throws IOException {
    return Csv.read(Files.writeString(folder.resolve("table.csv"), text));
  }
}
