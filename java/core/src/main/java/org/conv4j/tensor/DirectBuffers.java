package org.conv4j.tensor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/** Frees direct buffers at once where the JDK lets us; elsewhere the garbage collector does it. */
final class DirectBuffers {
  private static final MethodHandle INVOKE_CLEANER = invokeCleaner();

  private DirectBuffers() {}

  static void free(ByteBuffer allocation) {
    if (INVOKE_CLEANER == null) {
      return;
    }
    try {
      INVOKE_CLEANER.invokeExact(allocation);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  /**
   * {@code sun.misc.Unsafe.invokeCleaner}, which module jdk.unsupported offers for this purpose; it
   * is looked up because javac warns of any direct use.
   */
  private static MethodHandle invokeCleaner() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(unsafe, MethodHandles.lookup());
      Object instance = lookup.findStaticVarHandle(unsafe, "theUnsafe", unsafe).get();
      return lookup
          .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
          .bindTo(instance);
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      return null;
    }
  }
}
