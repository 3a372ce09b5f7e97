package org.conv4j.keras.hdf5.chunk;

/** The checksum that HDF5 writes behind a chunk: Fletcher's, of big-endian words of 16 bits. */
public final class Fletcher32 {
  public static final int BYTES = 4;

  /** Sums of that many words cannot overflow 32 bits before they are folded. */
  private static final int WORDS_BEFORE_FOLDING = 360;

  private Fletcher32() {}

  static int of(byte[] bytes, int length) {
    int low = 0;
    int high = 0;
    int words = 0;
    for (int i = 0; i < length; i += 2) {
      int second = i + 1 < length ? Byte.toUnsignedInt(bytes[i + 1]) : 0;
      low += Byte.toUnsignedInt(bytes[i]) << 8 | second;
      high += low;
      if (++words == WORDS_BEFORE_FOLDING) {
        words = 0;
        low = fold(low);
        high = fold(high);
      }
    }
    return fold(fold(high)) << 16 | fold(fold(low));
  }

  /** The same sum as very old versions of HDF5 wrote it: the bytes of both halves exchanged. */
  static int exchanged(int sum) {
    return (sum & 0x00ff00ff) << 8 | (sum >>> 8) & 0x00ff00ff;
  }

  private static int fold(int sum) {
    return (sum & 0xffff) + (sum >>> 16);
  }
}
