package org.conv4j.keras.hdf5.chunk;

/**
 * Restores what h5py compressed with LZF: runs of bytes as they are, of up to 32, and references to
 * what was restored up to 8 KiB before.
 */
public final class Lzf {
  private static final int LITERALS = 32;
  private static final int LONG_MATCH = 7;
  private static final int SHORTEST_MATCH = 2;

  private Lzf() {}

  /** Fills the target; false if the bytes do not restore exactly that much. */
  public static boolean restore(byte[] source, byte[] target) {
    int from = 0;
    int to = 0;
    while (from < source.length) {
      int control = Byte.toUnsignedInt(source[from++]);
      if (control < LITERALS) {
        int count = control + 1;
        if (count > source.length - from || count > target.length - to) {
          return false;
        }
        System.arraycopy(source, from, target, to, count);
        from += count;
        to += count;
        continue;
      }
      int count = (control >> 5) + SHORTEST_MATCH;
      boolean extended = control >> 5 == LONG_MATCH;
      if (source.length - from < (extended ? 2 : 1)) {
        return false;
      }
      if (extended) {
        count += Byte.toUnsignedInt(source[from++]);
      }
      int distance = ((control & 0x1f) << 8 | Byte.toUnsignedInt(source[from++])) + 1;
      if (distance > to || count > target.length - to) {
        return false;
      }
      // One by one, because a match may run into what it writes.
      for (int i = 0; i < count; i++, to++) {
        target[to] = target[to - distance];
      }
    }
    return to == target.length;
  }
}
