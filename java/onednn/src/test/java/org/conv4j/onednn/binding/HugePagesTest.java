package org.conv4j.onednn.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.tensor.internal.LargeBlocks;
import org.conv4j.tensor.internal.Memory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class HugePagesTest {
  private static final int HUGE_PAGE = 2 << 20;

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
  }

  @Test
  void largeBlocksStartOnAHugePageAndAreZeroToTheLastByte() {
    int bytes = LargeBlocks.LEAST_BYTES + 12345;
    try (Memory memory = Memory.allocate(bytes)) {
      ByteBuffer block = memory.bytes();
      assertThat(block.alignmentOffset(0, HUGE_PAGE)).isZero();
      assertThat(block.capacity()).isEqualTo(bytes);
      for (int at = 0; at < bytes; at++) {
        if (block.get(at) != 0) {
          assertThat(block.get(at)).as("byte %d", at).isZero();
        }
      }
      block.put(bytes - 1, (byte) 1);
      assertThat(block.get(bytes - 1)).isEqualTo((byte) 1);
    }
  }

  @Test
  void aClosedBlockIsUnmappedAtOnce() throws IOException {
    Memory memory = Memory.allocate(3 * HUGE_PAGE);
    long address = Address.of(memory).address();
    assertThat(isMapped(address)).isTrue();
    memory.close();
    assertThat(isMapped(address)).isFalse();
  }

  private static boolean isMapped(long address) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .map(line -> line.substring(0, line.indexOf(' ')).split("-"))
        .anyMatch(
            range ->
                Long.parseUnsignedLong(range[0], 16) <= address
                    && address < Long.parseUnsignedLong(range[1], 16));
  }
}
