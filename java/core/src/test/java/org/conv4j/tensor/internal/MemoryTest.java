package org.conv4j.tensor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.error.ShapeMismatchException;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void blocksAreZeroedAlignedAndOfTheExactSize() {
    for (int size : new int[] {0, 1, 63, 64, 65, 1000}) {
      try (Memory memory = Memory.allocate(size)) {
        ByteBuffer bytes = memory.bytes();
        assertThat(bytes.capacity()).isEqualTo(size);
        assertThat(bytes.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(bytes.alignmentOffset(0, Memory.ALIGNMENT)).isZero();
        while (bytes.hasRemaining()) {
          assertThat(bytes.get()).isZero();
        }
      }
    }
  }

  @Test
  void impossibleSizesAreRefused() {
    for (long size : new long[] {-1, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> Memory.allocate(size))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining(Long.toString(size));
    }
  }

  @Test
  void aReaderKeepsAClosedBlockReadable() {
    Memory memory = Memory.allocate(8);
    memory.unguardedBytes().putLong(0, 42);
    memory.acquire();
    memory.close();
    assertThat(memory.isClosed()).isTrue();
    assertThat(memory.unguardedBytes().getLong(0)).isEqualTo(42);
    assertThatThrownBy(memory::acquire).isInstanceOf(IllegalStateException.class);
    assertThat(memory.unguardedBytes().getLong(0)).isEqualTo(42);
    memory.release();
  }

  @Test
  void aSecondCloseDoesNothingAndNothingReopensABlock() {
    Memory memory = Memory.allocate(8);
    memory.close();
    memory.close();
    assertThat(memory.isClosed()).isTrue();
    assertThatThrownBy(memory::bytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(memory::acquire).isInstanceOf(IllegalStateException.class);
    assertThat(memory.isClosed()).isTrue();
  }
}
