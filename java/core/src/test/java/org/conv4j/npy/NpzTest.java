package org.conv4j.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  private static final byte[] ONE =
      NpyBytes.file("<f4", "(1,)", false, NpyBytes.floats(ByteOrder.LITTLE_ENDIAN, 1));

  @TempDir Path folder;

  @Test
  void readsWhatItWroteInItsOrder() throws IOException {
    Path path = folder.resolve("w.npz");
    Map<String, Tensor> written = new LinkedHashMap<>();
    written.put("kernel", Tensor.of(Shape.of(2, 1), 1f, 2f));
    written.put("block/bias", Tensor.of(Shape.of(1), 3.0));
    Npz.write(path, written);
    for (Map<String, Tensor> read :
        List.of(Npz.read(path), Npz.read(Files.readAllBytes(path), "w"))) {
      assertThat(read.keySet()).containsExactly("kernel", "block/bias");
      assertThat(read.get("kernel").toFloatArray()).containsExactly(1f, 2f);
      assertThat(read.get("block/bias").toDoubleArray()).containsExactly(3.0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void readsStoredAndDeflatedEntries(int method) throws IOException {
    Path path = folder.resolve("w.npz");
    Files.write(path, archive(method, "a.npy", "b.npy"));
    assertThat(Npz.read(path).keySet()).containsExactly("a", "b");
  }

  @Test
  void ignoresFilesThatAreNoTensors() throws IOException {
    byte[] archive = archive(ZipEntry.DEFLATED, "readme.txt", "a.npy", "folder/");
    assertThat(Npz.read(archive, "w").keySet()).containsExactly("a");
  }

  @Test
  void namesTheMissingFile() {
    assertThatThrownBy(() -> Npz.read(folder.resolve("w.npz")))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("w.npz");
  }

  @Test
  void refusesATensorLargerThanItsArchiveCanHold() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.npy"));
      zip.write(NpyBytes.file("<f4", "(400000000,)", false, new byte[4]));
    }
    Path path = folder.resolve("w.npz");
    Files.write(path, bytes.toByteArray());
    assertThatThrownBy(() -> Npz.read(path))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("w.npz[a]");
    assertThatThrownBy(() -> Npz.read(bytes.toByteArray(), "w"))
        .isInstanceOf(MalformedFileException.class);
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole = archive(ZipEntry.DEFLATED, "a.npy", "b.npy");
    Path path = folder.resolve("w.npz");
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      Files.write(path, part);
      assertThatThrownBy(() -> Npz.read(path)).isInstanceOf(MalformedFileException.class);
      assertThatThrownBy(() -> Npz.read(part, "w")).isInstanceOf(MalformedFileException.class);
    }
  }

  @Test
  void damagedArchivesGiveTypedErrorsOrTensors() throws IOException {
    byte[] whole = archive(ZipEntry.DEFLATED, "a.npy", "b.npy");
    Random random = new Random(2);
    Path path = folder.resolve("w.npz");
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = whole.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(path, damaged);
      try {
        Npz.read(path).values().forEach(Tensor::close);
      } catch (Conv4jException expected) {
        assertThat(expected).hasMessageContaining("w.npz");
      }
      try {
        Npz.read(damaged, "w").values().forEach(Tensor::close);
      } catch (Conv4jException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  private static byte[] archive(int method, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(ONE);
          entry.setCrc(crc.getValue());
          entry.setSize(ONE.length);
        }
        zip.putNextEntry(entry);
        zip.write(name.endsWith(".npy") ? ONE : new byte[0]);
      }
    }
    return bytes.toByteArray();
  }
}
