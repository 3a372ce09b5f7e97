package org.conv4j.onednn.binding;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.tensor.internal.Addresses;

/** Addresses by way of JavaCPP, which needs nothing of oneDNN for it. */
public final class PointerAddresses implements Addresses {
  /** Creates the service; {@link java.util.ServiceLoader} does so. */
  public PointerAddresses() {}

  @Override
  public ByteBuffer at(long address, int bytes) {
    try {
      return new Block(address, bytes).asByteBuffer();
    } catch (LinkageError failure) {
      throw unavailable(failure);
    }
  }

  @Override
  public long of(Buffer buffer) {
    try {
      return new Pointer(buffer).address();
    } catch (LinkageError failure) {
      throw unavailable(failure);
    }
  }

  private static EngineUnavailableException unavailable(LinkageError failure) {
    return new EngineUnavailableException(
        "JavaCPP's native library did not load: " + LoadFailure.explained(failure).getMessage(),
        failure);
  }

  /** Apart, for where JavaCPP is missing even a class of its kind cannot be loaded. */
  private static final class Block extends Pointer {
    Block(long address, long bytes) {
      super((Pointer) null);
      this.address = address;
      this.limit = bytes;
      this.capacity = bytes;
    }

    /** Limit and capacity count bytes. */
    @Override
    public int sizeof() {
      return Byte.BYTES;
    }
  }
}
