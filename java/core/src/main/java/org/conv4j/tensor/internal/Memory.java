package org.conv4j.tensor.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;

/**
 * A block of off-heap memory with a lifetime. The block belongs to this object, which frees it, or
 * to the caller's buffer that it wraps, or to an owner who may free it at any time.
 *
 * <p>{@link #close} never pulls memory from under a reader: the block is freed when the last {@link
 * #acquire} has been released, and, once a buffer over it has been handed out, only when the
 * garbage collector finds that buffer unreachable. Every method may be called from any thread.
 */
public final class Memory implements AutoCloseable {
  /** Blocks start at a multiple of this many bytes: a cache line and the widest vector. */
  public static final int ALIGNMENT = 64;

  /** The size of the largest block: what one NIO buffer holds, less its alignment. */
  public static final int MAX_BYTES = Integer.MAX_VALUE - ALIGNMENT;

  private static final int CLOSED = 1 << 31;

  private final Runnable free;
  private final Buffer root;

  /** Kept reachable; null if nobody else may free the memory. */
  private final Object owner;

  /** Whether the owner still has the memory; null like the owner. */
  private final BooleanSupplier isOpen;

  private final AtomicInteger state = new AtomicInteger();
  private volatile boolean handedOut;

  /** Wraps a buffer; the action that frees its memory is null if the memory is the caller's. */
  private Memory(Buffer root, Runnable free) {
    this(root, free, null, null);
  }

  private Memory(Buffer root, Runnable free, Object owner, BooleanSupplier isOpen) {
    this.free = free;
    this.root = root;
    this.owner = owner;
    this.isOpen = isOpen;
  }

  /**
   * Allocates a zeroed, aligned block that the result owns. Large ones may come from {@link
   * LargeBlocks}; then they count against a limit of their own, as large as the JVM's for direct
   * memory is by default.
   *
   * @param bytes its size
   * @return the block
   * @throws ShapeMismatchException if the size is not between 0 and the limit of one NIO buffer
   * @throws org.conv4j.error.OutOfMemoryException if there is no more memory to be had
   */
  public static Memory allocate(long bytes) {
    requireSize(bytes);
    DirectBuffers.Block block = DirectBuffers.allocate((int) bytes + ALIGNMENT);
    ByteBuffer allocation = block.buffer();
    int shift = allocation.alignmentOffset(0, ALIGNMENT);
    int start = shift == 0 ? 0 : ALIGNMENT - shift;
    ByteBuffer aligned = allocation.slice(start, (int) bytes).order(ByteOrder.nativeOrder());
    return new Memory(aligned, block.free());
  }

  /**
   * Checks the size of a block.
   *
   * @param bytes the size
   * @throws ShapeMismatchException if it is not between 0 and the limit of one NIO buffer
   */
  public static void requireSize(long bytes) {
    if (bytes < 0 || bytes > MAX_BYTES) {
      throw new ShapeMismatchException(
          "One block of memory holds at most "
              + MAX_BYTES
              + " bytes; "
              + bytes
              + " were asked for.");
    }
  }

  /**
   * Wraps memory that somebody may free.
   *
   * @param buffer a direct buffer over it
   * @param owner what may free it; stays reachable with the result
   * @param isOpen whether the owner has not; asked by each {@link #acquire}
   * @return the block, over which no buffer is handed out
   */
  public static Memory wrap(Buffer buffer, Object owner, BooleanSupplier isOpen) {
    return new Memory(buffer, null, Objects.requireNonNull(owner), Objects.requireNonNull(isOpen));
  }

  /**
   * Wraps a buffer, whose memory stays the caller's.
   *
   * @param buffer a direct buffer, which the result keeps alive
   * @return the block
   * @throws InvalidBufferException if the memory belongs to an arena that can be closed
   */
  public static Memory wrap(Buffer buffer) {
    if (!BufferScope.lasts(buffer)) {
      throw new InvalidBufferException(
          "The buffer's memory belongs to an arena that can be closed while a network reads it."
              + " Take the memory from Arena.ofAuto() or ByteBuffer.allocateDirect, or copy it with"
              + " Tensor.of instead.");
    }
    Memory memory = new Memory(buffer, null);
    memory.handedOut = true;
    return memory;
  }

  /**
   * Returns the block as bytes in native order. The memory stays valid for as long as the returned
   * buffer is reachable, whatever is closed.
   *
   * @return a new buffer over the block
   * @throws IllegalStateException if this is closed
   * @throws InvalidBufferException if this wraps a buffer of floats or doubles
   */
  public ByteBuffer bytes() {
    handOut();
    return unguardedBytes();
  }

  /**
   * Returns the block as bytes in native order, for a view that is used under {@link #acquire}
   * only.
   *
   * @return a new buffer over the block, which does not keep the memory valid
   * @throws InvalidBufferException if this wraps a buffer of floats or doubles
   */
  public ByteBuffer unguardedBytes() {
    if (!(root instanceof ByteBuffer bytes)) {
      throw new InvalidBufferException(
          "This memory is a wrapped buffer of floats or doubles, which Java cannot view as bytes.");
    }
    return bytes.duplicate().order(ByteOrder.nativeOrder());
  }

  /**
   * Keeps the memory valid for as long as any buffer over it is reachable.
   *
   * @throws IllegalStateException if this is closed
   * @throws InvalidBufferException if the memory has an owner who may free it
   */
  public void handOut() {
    if (owner != null) {
      throw new InvalidBufferException(
          "This tensor's memory belongs to a "
              + owner.getClass().getName()
              + ", which may free it under a buffer. Copy the elements instead.");
    }
    boolean first = !handedOut;
    handedOut = true;
    requireOpen();
    if (first) {
      BufferScope.handOut(root);
    }
  }

  /**
   * Keeps the block from being freed until {@link #release}. For engines, around native calls.
   *
   * @throws IllegalStateException if this is closed
   */
  public void acquire() {
    int users;
    do {
      users = state.get();
      if (users < 0) {
        throw closed();
      }
    } while (!state.compareAndSet(users, users + 1));
    if (isOpen != null) {
      requireOwner();
    }
  }

  private void requireOwner() {
    boolean open = false;
    try {
      open = isOpen.getAsBoolean();
    } finally {
      if (!open) {
        release();
      }
    }
    if (!open) {
      throw closed();
    }
  }

  /** Ends one {@link #acquire}; the last one frees a block that was closed meanwhile. */
  public void release() {
    if (state.decrementAndGet() == CLOSED) {
      free();
    }
  }

  /**
   * Returns whether {@link #close} was called, or the memory's owner closed it.
   *
   * @return true if so
   */
  public boolean isClosed() {
    return state.get() < 0 || isOpen != null && !isOpen.getAsBoolean();
  }

  /**
   * Checks the size of the block.
   *
   * @param bytes what is needed
   * @throws InvalidBufferException if it is smaller
   */
  public void requireBytes(long bytes) {
    if (unguardedBytes().limit() < bytes) {
      throw new InvalidBufferException(
          "A block of %d bytes is needed; given one of %d."
              .formatted(bytes, unguardedBytes().limit()));
    }
  }

  /**
   * Ends this block's life; see the class comment for when the memory goes. A second call does
   * nothing.
   */
  @Override
  public void close() {
    int users;
    do {
      users = state.get();
      if (users < 0) {
        return;
      }
    } while (!state.compareAndSet(users, users | CLOSED));
    if (users == 0) {
      free();
    }
  }

  /**
   * Throws if this is closed.
   *
   * @throws IllegalStateException if so
   */
  public void requireOpen() {
    if (isClosed()) {
      throw closed();
    }
  }

  private IllegalStateException closed() {
    return new IllegalStateException(
        state.get() < 0 || owner == null
            ? "This tensor's memory is closed."
            : "This tensor's memory is closed: its owner, a "
                + owner.getClass().getName()
                + ", has freed it.");
  }

  private void free() {
    if (free != null && !handedOut) {
      free.run();
    }
  }
}
