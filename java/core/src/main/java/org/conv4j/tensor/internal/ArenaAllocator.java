package org.conv4j.tensor.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;

/**
 * Buffers over shared arenas of {@code java.lang.foreign}. They are looked up because this code is
 * compiled for older versions of Java too.
 */
final class ArenaAllocator implements DirectBuffers.Allocator {
  /** The version of Java that made arenas final. */
  static final int SINCE = 22;

  private static final Cleaner CLEANER = Cleaner.create();

  private final MethodHandle ofShared;
  private final MethodHandle allocate;
  private final MethodHandle asByteBuffer;

  ArenaAllocator() throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Class<?> arena = Class.forName("java.lang.foreign.Arena");
    Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
    ofShared =
        lookup
            .findStatic(arena, "ofShared", MethodType.methodType(arena))
            .asType(MethodType.methodType(AutoCloseable.class));
    allocate =
        lookup
            .findVirtual(arena, "allocate", MethodType.methodType(segment, long.class, long.class))
            .asType(
                MethodType.methodType(Object.class, AutoCloseable.class, long.class, long.class));
    asByteBuffer =
        lookup
            .findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class))
            .asType(MethodType.methodType(ByteBuffer.class, Object.class));
  }

  @Override
  public DirectBuffers.Block allocate(int bytes) {
    try {
      AutoCloseable arena = (AutoCloseable) ofShared.invokeExact();
      ByteBuffer buffer;
      try {
        Object segment = (Object) allocate.invokeExact(arena, (long) bytes, 1L);
        buffer = (ByteBuffer) asByteBuffer.invokeExact(segment);
      } catch (Throwable failure) {
        arena.close();
        throw failure;
      }
      // Slices and duplicates keep the root reachable, so this runs after the last of them is gone.
      return new DirectBuffers.Block(buffer, CLEANER.register(buffer, () -> close(arena))::clean);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  private static void close(AutoCloseable arena) {
    try {
      arena.close();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }
}
