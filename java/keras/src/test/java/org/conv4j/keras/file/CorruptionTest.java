package org.conv4j.keras.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.conv4j.error.Conv4jException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files end in one of conv4j's exceptions, or are read as if nothing had happened. */
class CorruptionTest {
  private static final int CASES = 400;

  /** Far more than all cases of a test take; a hang takes forever. */
  private static final Duration FOREVER = Duration.ofMinutes(5);

  private record Reader(String name, ToIntFunction<byte[]> read) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> samples() throws IOException {
    Reader archive = new Reader("archive", InMemory::archive);
    Reader legacy = new Reader("legacy", InMemory::legacy);
    Reader tree = new Reader("tree", InMemory::tree);
    Reader javascript = new Reader("javascript", InMemory::javascript);
    return Stream.of(
        Arguments.of("keras3.keras", archive, ModelSamples.bytes("keras3.keras")),
        Arguments.of("deflated.keras", archive, ModelSamples.bytes("deflated.keras")),
        Arguments.of("keras2.h5", legacy, ModelSamples.bytes("keras2.h5")),
        Arguments.of("splitnames.h5", legacy, ModelSamples.bytes("splitnames.h5")),
        Arguments.of("types-earliest.h5", tree, ModelSamples.bytes("types-earliest.h5")),
        Arguments.of("types-latest.h5", tree, ModelSamples.bytes("types-latest.h5")),
        Arguments.of("tfjs-uint8", javascript, InMemory.joined(ModelSamples.path("tfjs-uint8"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void truncatedFilesAreRefused(String name, Reader reader, byte[] content) {
    assertTimeoutPreemptively(
        FOREVER,
        () -> {
          int step = Math.max(1, content.length / CASES);
          for (int length = 0; length < content.length; length += step) {
            assertThat(outcome(reader, Arrays.copyOf(content, length)))
                .as("%s cut to %d bytes", name, length)
                .isNull();
          }
        });
  }

  /** Bytes of weights have no checksum outside archives, so that what is read may differ. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void flippedBytesAreNoticedOrHarmless(String name, Reader reader, byte[] content) {
    int sound = reader.read.applyAsInt(content);
    Random random = new Random(name.hashCode());
    assertTimeoutPreemptively(
        FOREVER,
        () -> {
          for (int i = 0; i < CASES; i++) {
            byte[] damaged = content.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
              damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Integer found = outcome(reader, damaged);
            if (name.endsWith(".keras")) {
              assertThat(found).as("case %d", i).isIn(null, sound);
            }
          }
        });
  }

  /** Structures are damaged more often when the bytes are those of other places of the file. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void movedBytesAreNoticedOrHarmless(String name, Reader reader, byte[] content) {
    int sound = reader.read.applyAsInt(content);
    Random random = new Random(name.hashCode());
    assertTimeoutPreemptively(
        FOREVER,
        () -> {
          for (int i = 0; i < CASES; i++) {
            byte[] damaged = content.clone();
            int length = 1 << random.nextInt(8);
            System.arraycopy(
                content,
                random.nextInt(content.length - length),
                damaged,
                random.nextInt(content.length - length),
                length);
            Integer found = outcome(reader, damaged);
            if (name.endsWith(".keras")) {
              assertThat(found).as("case %d", i).isIn(null, sound);
            }
          }
        });
  }

  /** What was found, or null if the file was refused; any other exception fails the test. */
  private static Integer outcome(Reader reader, byte[] content) {
    try {
      return reader.read.applyAsInt(content);
    } catch (Conv4jException refused) {
      assertThat(refused).hasMessageMatching("(?s).+\\.");
      return null;
    }
  }
}
