package org.conv4j.onednn.binding;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;
import org.conv4j.tensor.internal.LargeBlocks;

/**
 * Blocks that Linux may map with pages of 2 MiB: a processor then finds their addresses without
 * reading tables of 4 KiB pages, which a virtual machine makes slower still. Separable layers of
 * 147x147 pixels take a quarter less, MobileNet 3 %. Only Linux has them, and only once {@link
 * NativeLibrary} has been loaded; tensors alone do not load it.
 */
public final class HugePages implements LargeBlocks {
  private static volatile boolean available;

  /** Creates the source; {@link java.util.ServiceLoader} does so. */
  public HugePages() {}

  /** The library has been loaded. */
  static void enable() {
    available = true;
  }

  @Override
  public Block allocate(int bytes) {
    ByteBuffer buffer = available ? map(bytes) : null;
    if (buffer == null) {
      return null;
    }
    long address = new Pointer(buffer).address();
    return new Block(buffer, () -> unmap(address, bytes));
  }

  /** Returns zeros; null if there are none to be had. */
  private static native ByteBuffer map(long bytes);

  private static native void unmap(long address, long bytes);
}
