package org.conv4j.keras.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.error.MalformedFileException;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5FileTest {
  private static final String VARIABLES = "layers/x/vars";

  @ParameterizedTest
  @ValueSource(strings = {"types-earliest.h5", "types-latest.h5"})
  void readsEveryTypeAndLayoutInBothStyles(String name) {
    Hdf5Group group = open(bytes(name)).root().group(VARIABLES);
    Map<String, Tensor> expected = Npz.read(bytes(name + ".expected.npz"), name);
    assertThat(group.names()).hasSameSizeAs(expected.keySet());
    for (String key : group.names()) {
      try (Tensor found = group.dataset(key).read();
          Tensor wanted = expected.get("layers/x/" + key)) {
        assertThat(found.shape()).as(key).isEqualTo(wanted.shape());
        assertThat(found.toDoubleArray()).as(key).containsExactly(wanted.toDoubleArray());
      }
    }
  }

  @Test
  void keepsFloat64() {
    Hdf5Group group = open(bytes("types-earliest.h5")).root().group(VARIABLES);
    try (Tensor tensor = group.dataset("float64").read()) {
      assertThat(tensor.dataType()).isEqualTo(DataType.FLOAT64);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"types-earliest.h5", "types-latest.h5"})
  void readsManyAttributes(String name) {
    Hdf5Group group = open(bytes(name)).root().group(VARIABLES);
    for (int i = 0; i < 30; i++) {
      assertThat(group.text("attribute" + i)).hasValue("text " + i);
    }
    assertThat(group.texts("fixed")).containsExactly("one", "two", "three");
    assertThat(group.text("none")).isEmpty();
  }

  @Test
  void readsAnAttributeThatFillsABlockOfItsOwn() {
    Hdf5Group group = open(bytes("types-latest.h5")).root().group(VARIABLES);
    List<String> numbers = IntStream.range(0, 2000).mapToObj("%05d"::formatted).toList();
    assertThat(group.texts("huge")).isEqualTo(numbers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"types-earliest.h5", "types-latest.h5"})
  void findsEachOfManyMembers(String name) {
    Hdf5Group many = open(bytes(name)).root().group("layers/many");
    assertThat(many.names()).hasSize(130);
    for (String child : many.names()) {
      assertThat(many.group(child).path()).isEqualTo("layers/many/" + child);
    }
  }

  @Test
  void findsAFileBehindAUserBlock() {
    byte[] file = bytes("types-latest.h5");
    byte[] shifted = new byte[file.length + 1024];
    System.arraycopy(file, 0, shifted, 1024, file.length);
    Hdf5Group group = open(shifted).root().group(VARIABLES);
    try (Tensor tensor = group.dataset("scalar").read()) {
      assertThat(tensor.toFloatArray()).containsExactly(2.5f);
    }
  }

  @Test
  void namesWhatIsMissing() {
    Hdf5Group root = open(bytes("types-earliest.h5")).root();
    assertThatThrownBy(() -> root.group("layers/none"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("sample has no '/layers/none'.");
    assertThatThrownBy(() -> root.dataset("layers/x"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("no data set 'x' at '/layers'");
    assertThatThrownBy(() -> root.group(VARIABLES).texts("none"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("no attribute 'none' at '/layers/x/vars'");
  }

  @Test
  void refusesATruncatedFile() {
    byte[] file = bytes("types-earliest.h5");
    assertThatThrownBy(() -> open(Arrays.copyOf(file, file.length - 1)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void refusesAGroupThatContainsItself() {
    byte[] file = bytes("types-earliest.h5");
    ByteBuffer little = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long rootHeader = little.getLong(64);
    int leaf = indexOf(file, "SNOD");
    // The first member of the first group becomes the root itself.
    little.putLong(leaf + 16, rootHeader);
    Hdf5Group root = open(file).root();
    assertThatThrownBy(() -> root.group("layers/".repeat(1000)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void refusesATreeThatContainsItself() {
    byte[] file = bytes("types-earliest.h5");
    ByteBuffer little = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int node = indexOf(file, "TREE");
    little.put(node + 5, (byte) 1);
    little.putLong(node + 32, node);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("damaged B-tree");
  }

  @Test
  void refusesAnArrayThatIsLargerThanTheFile() {
    byte[] file = bytes("types-earliest.h5");
    ByteBuffer little = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    byte[] dims =
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(7)
            .putLong(11)
            .putLong(3)
            .array();
    for (int at = 0; at <= file.length - dims.length; at++) {
      if (Arrays.equals(file, at, at + dims.length, dims, 0, dims.length)) {
        little.putLong(at, 1L << 40);
      }
    }
    Hdf5Group group = open(file).root().group(VARIABLES);
    for (String name : List.of("float64", "int8", "compact", "chunks")) {
      assertThatThrownBy(() -> group.dataset(name).read())
          .as(name)
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("its contents would take more than");
    }
  }

  private static Hdf5File open(byte[] file) {
    return Hdf5File.open(new MemoryBytes(file, "sample"));
  }

  private static int indexOf(byte[] file, String signature) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(signature);
  }

  private static byte[] bytes(String name) {
    try (InputStream stream =
        Hdf5FileTest.class.getResourceAsStream("/org/conv4j/keras/file/" + name)) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
