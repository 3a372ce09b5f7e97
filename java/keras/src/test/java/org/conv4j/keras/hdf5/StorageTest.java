package org.conv4j.keras.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.hdf5.chunk.ChunkGrid;
import org.conv4j.keras.hdf5.chunk.DataLayout;
import org.conv4j.keras.hdf5.chunk.Fletcher32;
import org.conv4j.keras.hdf5.chunk.Lzf;
import org.conv4j.keras.hdf5.chunk.StoredChunk;
import org.conv4j.keras.hdf5.structure.ObjectHeader;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which HDF5 stores the elements of an array. */
class StorageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chunks.h5",
        "chunks-old.h5",
        "filters.h5",
        "rare.h5",
        "rare-108.h5",
        "rare-latest.h5",
        "sparse.h5"
      })
  void readsWhatH5pyReads(String name) {
    Hdf5Group root = Hdf5Samples.open(name);
    Map<String, Tensor> expected = Hdf5Samples.expected(name);
    assertThat(expected).isNotEmpty();
    expected.forEach(
        (path, wanted) -> {
          try (wanted;
              Tensor found = root.dataset(path).read()) {
            assertThat(found.shape()).as(path).isEqualTo(wanted.shape());
            assertThat(found.toDoubleArray()).as(path).isEqualTo(wanted.toDoubleArray());
          }
        });
  }

  /** Beside the arrays, the attributes of a data set whose types are objects of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"rare.h5", "rare-108.h5", "rare-latest.h5"})
  void readsAttributesWithCommittedTypes(String name) {
    Hdf5Group root = Hdf5Samples.open(name);
    Hdf5Dataset dataset = root.dataset("committed");
    assertThat(dataset.text("said")).hasValue("hello");
    assertThat(dataset.texts("none")).isEmpty();
    assertThat(dataset.texts("names")).containsExactly("a", "later", "");
    for (int i = 0; i < 20; i++) {
      assertThat(root.group("ordered").text("z" + (99 - i))).hasValue("text " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"szip,szip", "nbit,nbit", "scaleoffset,scaleoffset"})
  void namesTheFilterThatItDoesNotKnow(String path, String filter) {
    Hdf5Group root = Hdf5Samples.open("unsupported.h5");
    assertThatThrownBy(() -> root.dataset(path).read())
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(
            "sample stores '/%s' with the filter %s, which is not supported;"
                    .formatted(path, filter)
                + " re-save it with gzip or without compression.");
  }

  @Test
  void refusesWhatIsCompressedTwiceOrMadeOfOtherFiles() {
    Hdf5Group root = Hdf5Samples.open("unsupported.h5");
    assertThatThrownBy(() -> root.dataset("twice").read())
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("compresses '/twice' twice");
    assertThatThrownBy(() -> root.dataset("virtual").read())
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("virtual data set");
  }

  /** Whatever byte of the chunks changes, its checksum tells. */
  @ParameterizedTest
  @ValueSource(strings = {"fletcher", "all", "fletcherodd", "fletcherlong", "fletcherfirst"})
  void noticesAnyChangeUnderAChecksum(String path) {
    byte[] file = Hdf5Samples.bytes("filters.h5");
    int noticed = 0;
    List<StoredChunk> chunks = chunks(file, path);
    for (StoredChunk chunk : chunks) {
      for (long at = 0; at < chunk.bytes(); at += 7) {
        byte[] damaged = file.clone();
        damaged[(int) (chunk.address() + at)] ^= 0x10;
        try {
          Hdf5Samples.open(damaged).dataset(path).read().close();
        } catch (MalformedFileException refused) {
          noticed++;
          continue;
        }
        // A deflated stream has bits without a meaning; its elements must not have changed.
        try (Tensor found = Hdf5Samples.open(damaged).dataset(path).read();
            Tensor wanted = Hdf5Samples.open(file).dataset(path).read()) {
          assertThat(found.toDoubleArray()).containsExactly(wanted.toDoubleArray());
        }
      }
    }
    assertThat(noticed).isGreaterThan(10);
  }

  private static List<StoredChunk> chunks(byte[] file, String path) {
    List<StoredChunk> found = new ArrayList<>();
    Hdf5Dataset dataset = Hdf5Samples.open(file).dataset(path);
    DataLayout.Chunked layout =
        (DataLayout.Chunked)
            DataLayout.read(dataset.header.one(ObjectHeader.LAYOUT, "data layout"));
    long[] extents = dataset.shape().toArray();
    ChunkGrid grid = new ChunkGrid(extents, extents, layout.dims());
    layout.index().read(grid, 1, dataset.file.metadata(), found::add);
    return found;
  }

  @Test
  void fletcherAcceptsTheOrderOfVeryOldVersions() {
    byte[] file = Hdf5Samples.bytes("filters.h5");
    StoredChunk chunk = chunks(file, "fletcherlong").get(0);
    int sum = (int) (chunk.address() + chunk.bytes()) - Fletcher32.BYTES;
    for (int half = 0; half < Fletcher32.BYTES; half += 2) {
      byte first = file[sum + half];
      file[sum + half] = file[sum + half + 1];
      file[sum + half + 1] = first;
    }
    assertThat(Hdf5Samples.open(file).dataset("fletcherlong").shape().elementCount())
        .isEqualTo(6003);
    Hdf5Samples.open(file).dataset("fletcherlong").read().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "e000", "2000", "00410000", "ff", "e0ff"})
  void lzfRefusesWhatIsNoStream(String hex) {
    byte[] source = HexFormat.of().parseHex(hex);
    assertThat(Lzf.restore(source, new byte[3])).isFalse();
  }

  @Test
  void refusesIndexesThatClaimTooMuch() {
    for (String signature : List.of("FAHD", "EAHD", "BTHD", "FADB", "EAIB", "EASB", "EADB")) {
      for (String name : List.of("chunks.h5", "sparse.h5")) {
        claimTooMuch(name, signature);
      }
    }
  }

  /** Every byte behind a signature becomes the largest and the smallest once. */
  private static void claimTooMuch(String name, String signature) {
    byte[] sound = Hdf5Samples.bytes(name);
    List<String> paths =
        List.of("fixed/plain", "fixed/all", "extensible/plain", "deeptree/fletcher");
    if (name.equals("sparse.h5")) {
      paths = List.of("fixed", "growing", "wide");
    }
    int at = new String(sound, StandardCharsets.ISO_8859_1).indexOf(signature);
    for (int i = 4; at >= 0 && i < 24; i++) {
      for (int value : new int[] {0, 0x7f, 0xff}) {
        byte[] damaged = sound.clone();
        damaged[at + i] = (byte) value;
        refused(damaged, paths);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks.h5", "filters.h5", "rare-latest.h5", "rare.h5"})
  void damagedFilesAreReadOrRefused(String name) {
    byte[] sound = Hdf5Samples.bytes(name);
    List<String> paths = List.copyOf(Hdf5Samples.expected(name).keySet());
    Random random = new Random(name.hashCode());
    int refusals = 0;
    for (int i = 0; i < 200; i++) {
      byte[] damaged = sound.clone();
      for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      refusals += refused(damaged, paths);
    }
    assertThat(refusals).isPositive();
  }

  private static int refused(byte[] damaged, List<String> paths) {
    int refusals = 0;
    for (String path : paths) {
      try {
        Hdf5Samples.open(damaged).dataset(path).read().close();
      } catch (Conv4jException refused) {
        assertThat(refused).hasMessageMatching("(?s).+\\.");
        refusals++;
      }
    }
    return refusals;
  }
}
