package org.conv4j.onednn.binding;

import java.lang.ref.Cleaner;
import java.util.function.ToIntFunction;
import org.bytedeco.javacpp.Pointer;

/**
 * Owner of one oneDNN object. It is destroyed by {@link #close}, or when this owner is unreachable.
 * The owner must therefore be kept reachable while native code uses what {@link #get} returns.
 *
 * @param <P> the JavaCPP type of the object
 */
public final class NativeHandle<P extends Pointer> implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final P pointer;
  private final Cleaner.Cleanable destruction;

  private NativeHandle(P pointer, Runnable destroy) {
    this.pointer = pointer;
    this.destruction = CLEANER.register(this, destroy);
  }

  /** Takes ownership of an object that a {@code create} function has just returned. */
  public static <P extends Pointer> NativeHandle<P> own(P pointer, ToIntFunction<P> destroy) {
    return new NativeHandle<>(pointer, () -> destroy.applyAsInt(pointer));
  }

  public P get() {
    return pointer;
  }

  /** Destroys the object. A second call does nothing. */
  @Override
  public void close() {
    destruction.clean();
  }
}
