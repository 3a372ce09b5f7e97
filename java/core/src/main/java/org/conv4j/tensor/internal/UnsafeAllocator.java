package org.conv4j.tensor.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/**
 * Ordinary direct buffers, freed through {@code sun.misc.Unsafe.invokeCleaner}, which module
 * jdk.unsupported offers for this purpose. It is looked up because javac warns of any direct use.
 */
final class UnsafeAllocator implements DirectBuffers.Allocator {
  private final MethodHandle invokeCleaner;

  UnsafeAllocator() throws ReflectiveOperationException {
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(unsafe, MethodHandles.lookup());
    Object instance = lookup.findStaticVarHandle(unsafe, "theUnsafe", unsafe).get();
    invokeCleaner =
        lookup
            .findVirtual(
                unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
            .bindTo(instance);
  }

  @Override
  public DirectBuffers.Block allocate(int bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    return new DirectBuffers.Block(buffer, () -> free(buffer));
  }

  private void free(ByteBuffer buffer) {
    try {
      invokeCleaner.invokeExact(buffer);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }
}
