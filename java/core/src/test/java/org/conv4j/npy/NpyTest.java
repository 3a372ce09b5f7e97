package org.conv4j.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWrote() {
    Path path = folder.resolve("x.npy");
    try (Tensor written = Tensor.of(Shape.of(2, 3), 1f, -2f, 3.5f, 0f, Float.NaN, 1e-40f)) {
      Npy.write(path, written);
      try (Tensor read = Npy.read(path)) {
        assertThat(read.dataType()).isEqualTo(DataType.FLOAT32);
        assertThat(read.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(read.toFloatArray()).containsExactly(written.toFloatArray());
      }
    }
  }

  @Test
  void keepsDoublesAndScalars() {
    Path path = folder.resolve("x.npy");
    try (Tensor written = Tensor.of(Shape.of(), Math.PI)) {
      Npy.write(path, written);
      try (Tensor read = Npy.read(path)) {
        assertThat(read.dataType()).isEqualTo(DataType.FLOAT64);
        assertThat(read.shape()).isEqualTo(Shape.of());
        assertThat(read.get(0)).isEqualTo(Math.PI);
      }
    }
  }

  @Test
  void movesMoreElementsThanOneChunkHolds() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path path = folder.resolve("x.npy");
    try (Tensor written = Tensor.of(Shape.of(values.length), values)) {
      Npy.write(path, written);
      try (Tensor read = Npy.read(path)) {
        assertThat(read.toFloatArray()).containsExactly(values);
      }
    }
  }

  @Test
  void alignsTheElementsAsNumPyDoes() throws IOException {
    Path path = folder.resolve("x.npy");
    try (Tensor tensor = Tensor.of(Shape.of(3), 1f, 2f, 3f)) {
      Npy.write(path, tensor);
    }
    assertThat(Files.size(path)).isEqualTo(128 + 12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersion(int version) throws IOException {
    String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
    byte[] data = NpyBytes.floats(ByteOrder.LITTLE_ENDIAN, 1, 2);
    assertThat(values(NpyBytes.file(version, dictionary, data))).containsExactly(1, 2);
  }

  @Test
  void readsBigEndianElements() throws IOException {
    byte[] data = NpyBytes.floats(ByteOrder.BIG_ENDIAN, 1.5f, -2);
    assertThat(values(NpyBytes.file(">f4", "(2,)", false, data))).containsExactly(1.5, -2);
  }

  @Test
  void turnsColumnMajorElementsRound() throws IOException {
    byte[] data = NpyBytes.floats(ByteOrder.LITTLE_ENDIAN, 1, 4, 2, 5, 3, 6);
    assertThat(values(NpyBytes.file("<f4", "(2, 3)", true, data)))
        .containsExactly(1, 2, 3, 4, 5, 6);
    double[] cube = new double[24];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          cube[i + 2 * j + 6 * k] = 100 * i + 10 * j + k;
        }
      }
    }
    assertThat(values(NpyBytes.file("<f8", "(2, 3, 4)", true, NpyBytes.doubles(cube))))
        .startsWith(0, 1, 2, 3, 10, 11)
        .endsWith(120, 121, 122, 123);
  }

  @Test
  void widensHalfPrecision() throws IOException {
    byte[] data =
        NpyBytes.shorts(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x8000, 0x3555);
    assertThat(values(NpyBytes.file("<f2", "(9,)", false, data)))
        .containsExactly(
            1,
            -2,
            0x1p-24,
            65504,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            -0.0,
            0.333251953125);
  }

  @Test
  void readsIntegersAndBooleans() throws IOException {
    byte[] bytes = {0, 1, (byte) 200};
    assertThat(values(NpyBytes.file("|u1", "(3,)", false, bytes))).containsExactly(0, 1, 200);
    assertThat(values(NpyBytes.file("|i1", "(3,)", false, bytes))).containsExactly(0, 1, -56);
    assertThat(values(NpyBytes.file("|b1", "(3,)", false, bytes))).containsExactly(0, 1, 1);
    assertThat(values(NpyBytes.file("<u2", "(1,)", false, NpyBytes.shorts(65535))))
        .containsExactly(65535);
    assertThat(values(NpyBytes.file("<i2", "(1,)", false, NpyBytes.shorts(65535))))
        .containsExactly(-1);
    byte[] longs = NpyBytes.longs(ByteOrder.BIG_ENDIAN, -7, 1L << 52);
    assertThat(values(NpyBytes.file(">i8", "(2,)", false, longs))).containsExactly(-7, 0x1p52);
    assertThat(
            values(NpyBytes.file(">u8", "(1,)", false, NpyBytes.longs(ByteOrder.BIG_ENDIAN, -1))))
        .containsExactly(0x1p64);
  }

  @Test
  void namesAMissingFile() {
    Path path = folder.resolve("missing.npy");
    assertThatThrownBy(() -> Npy.read(path))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("missing.npy")
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> Npy.read(folder))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("directory");
  }

  @Test
  void failedWriteLeavesTheOldFile() throws IOException {
    Path path = folder.resolve("x.npy");
    Tensor tensor = Tensor.of(Shape.of(1), 1f);
    Npy.write(path, tensor);
    tensor.close();
    assertThatThrownBy(() -> Npy.write(path, tensor)).isInstanceOf(IllegalStateException.class);
    assertThat(values(Files.readAllBytes(path))).containsExactly(1);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void aFileHasTheRightsOfAnyNewFileAndKeepsThoseItHas() throws IOException {
    assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix")).isTrue();
    Path usual = Files.createFile(folder.resolve("usual"));
    Path file = folder.resolve("x.npy");
    try (Tensor tensor = Tensor.of(Shape.of(1), 1f)) {
      Npy.write(file, tensor);
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(Files.getPosixFilePermissions(usual));
      Set<PosixFilePermission> given = PosixFilePermissions.fromString("rw-rw-r-x");
      Files.setPosixFilePermissions(file, given);
      Npy.write(file, tensor);
      assertThat(Files.getPosixFilePermissions(file)).isEqualTo(given);
    }
  }

  @Test
  void writingIntoAMissingFolderIsATypedError() {
    Path path = folder.resolve("missing").resolve("x.npy");
    try (Tensor tensor = Tensor.of(Shape.of(1), 1f)) {
      assertThatThrownBy(() -> Npy.write(path, tensor)).isInstanceOf(FileAccessException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': maybe, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,), }",
        "{'descr': '<f4', 'fortran_order': False}",
        "",
      })
  void refusesHeadersItCannotHonour(String dictionary) {
    byte[] data = NpyBytes.floats(ByteOrder.LITTLE_ENDIAN, 1);
    assertThatThrownBy(() -> values(NpyBytes.file(1, dictionary, data)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("bytes.npy");
  }

  @Test
  void allocatesNothingThatAFileMerelyAnnounces() {
    byte[] hostile = NpyBytes.file("<f4", "(500000000,)", false, new byte[8]);
    assertThatThrownBy(() -> values(hostile))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("2000000000");
    byte[] longHeader = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, 127};
    assertThatThrownBy(() -> values(longHeader)).isInstanceOf(MalformedFileException.class);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] whole =
        NpyBytes.file("<f4", "(3,)", false, NpyBytes.floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> values(part)).isInstanceOf(MalformedFileException.class);
    }
    byte[] more = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> values(more)).isInstanceOf(MalformedFileException.class);
  }

  @Test
  void damagedFilesGiveTypedErrorsOrValues() throws IOException {
    byte[] whole =
        NpyBytes.file("<f4", "(3,)", false, NpyBytes.floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3));
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = whole.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        values(damaged);
      } catch (Conv4jException expected) {
        assertThat(expected).hasMessageContaining("bytes.npy");
      }
    }
  }

  private double[] values(byte[] file) throws IOException {
    Path path = folder.resolve("bytes.npy");
    Files.write(path, file);
    try (Tensor tensor = Npy.read(path)) {
      return tensor.toDoubleArray();
    } finally {
      Files.delete(path);
    }
  }
}
