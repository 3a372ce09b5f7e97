package org.conv4j.tensor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LargeBlockAllocatorTest {
  private static final int BYTES = LargeBlocks.LEAST_BYTES;

  private final AtomicInteger given = new AtomicInteger();
  private final AtomicInteger freed = new AtomicInteger();
  private final AtomicInteger elsewhere = new AtomicInteger();

  @Test
  void blocksComeFromTheSourceUpToTheLimit() {
    LargeBlockAllocator allocator = allocator(this::give, 2L * BYTES);
    DirectBuffers.Block first = allocator.allocate(BYTES);
    allocator.allocate(BYTES);
    assertThat(elsewhere).hasValue(0);
    allocator.allocate(BYTES);
    assertThat(given).hasValue(2);
    assertThat(elsewhere).hasValue(1);

    first.free().run();
    assertThat(freed).hasValue(1);
    allocator.allocate(BYTES);
    assertThat(given).hasValue(3);
  }

  @Test
  void aBlockIsFreedOnce() {
    LargeBlockAllocator allocator = allocator(this::give, BYTES);
    DirectBuffers.Block block = allocator.allocate(BYTES);
    block.free().run();
    block.free().run();
    assertThat(freed).hasValue(1);
    allocator.allocate(BYTES);
    allocator.allocate(BYTES);
    assertThat(given).hasValue(2);
    assertThat(elsewhere).hasValue(1);
  }

  @Test
  void whatTheSourceDoesNotGiveIsNotCounted() {
    LargeBlockAllocator allocator =
        allocator(bytes -> given.getAndIncrement() == 0 ? null : give(bytes), BYTES);
    allocator.allocate(BYTES);
    assertThat(elsewhere).hasValue(1);
    allocator.allocate(BYTES);
    assertThat(elsewhere).hasValue(1);
  }

  @Test
  void afterAFailureTheLimitIsWhatItWas() {
    LargeBlockAllocator allocator =
        allocator(
            bytes -> {
              if (given.getAndIncrement() == 0) {
                throw new IllegalStateException("out of blocks");
              }
              return give(bytes);
            },
            BYTES);
    assertThatThrownBy(() -> allocator.allocate(BYTES)).hasMessage("out of blocks");
    allocator.allocate(BYTES);
    assertThat(elsewhere).hasValue(0);
  }

  private LargeBlockAllocator allocator(LargeBlocks source, long limit) {
    return new LargeBlockAllocator(
        bytes -> {
          elsewhere.incrementAndGet();
          return new DirectBuffers.Block(ByteBuffer.allocateDirect(bytes), () -> {});
        },
        source,
        limit);
  }

  private LargeBlocks.Block give(int bytes) {
    given.incrementAndGet();
    return new LargeBlocks.Block(ByteBuffer.allocateDirect(bytes), freed::incrementAndGet);
  }
}
