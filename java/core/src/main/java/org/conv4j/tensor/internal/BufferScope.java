package org.conv4j.tensor.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Tells how long the memory of a buffer lasts. Since Java 22 it may belong to an arena that its
 * owner closes at any time, and nothing but a call by way of {@code java.lang.foreign} keeps such
 * memory from going while native code reads it. Safe for any thread.
 */
final class BufferScope {
  /** Those of our own blocks that are never freed, because a buffer over them was handed out. */
  private static final Map<Object, Boolean> HANDED_OUT =
      Collections.synchronizedMap(new WeakHashMap<>());

  private BufferScope() {}

  /**
   * Looked up when the first buffer is wrapped, because this is compiled for older versions too.
   */
  private static final class Lookup {
    static final Lookup FOUND = Runtime.version().feature() < ArenaAllocator.SINCE ? null : find();

    private final MethodHandle scope;

    /** The classes of scopes that end when nothing can be reached that uses them, or never. */
    private final Set<Class<?>> lasting;

    private Lookup() throws ReflectiveOperationException {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      Class<?> type = Class.forName("java.lang.foreign.MemorySegment$Scope");
      MethodHandle ofBuffer =
          lookup.findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class));
      scope =
          MethodHandles.filterReturnValue(
                  ofBuffer, lookup.findVirtual(segment, "scope", MethodType.methodType(type)))
              .asType(MethodType.methodType(Object.class, Buffer.class));
      lasting =
          Set.of(
              arenaScope("global").getClass(),
              arenaScope("ofAuto").getClass(),
              of(ByteBuffer.allocateDirect(1)).getClass());
    }

    private static Object arenaScope(String factory) throws ReflectiveOperationException {
      Class<?> arena = Class.forName("java.lang.foreign.Arena");
      return arena.getMethod("scope").invoke(arena.getMethod(factory).invoke(null));
    }

    private static Lookup find() {
      try {
        return new Lookup();
      } catch (ReflectiveOperationException missing) {
        throw new AssertionError(missing);
      }
    }

    Object of(Buffer buffer) {
      try {
        return (Object) scope.invokeExact(buffer);
      } catch (RuntimeException | Error failure) {
        throw failure;
      } catch (Throwable failure) {
        throw new AssertionError(failure);
      }
    }
  }

  /** Whether the memory of a direct buffer lasts for as long as the buffer can be reached. */
  static boolean lasts(Buffer buffer) {
    if (Lookup.FOUND == null) {
      return true;
    }
    Object scope = Lookup.FOUND.of(buffer);
    return Lookup.FOUND.lasting.contains(scope.getClass()) || HANDED_OUT.containsKey(scope);
  }

  /** Remembers that nobody frees the memory of a block of ours any more. */
  static void handOut(Buffer block) {
    if (Lookup.FOUND != null) {
      HANDED_OUT.put(Lookup.FOUND.of(block), true);
    }
  }
}
