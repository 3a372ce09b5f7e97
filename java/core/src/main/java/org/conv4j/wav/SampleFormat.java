package org.conv4j.wav;

import java.nio.ByteBuffer;

/** How a sample is written in a file, little-endian. */
public enum SampleFormat {
  /** Whole numbers of 16 bits. */
  INT16(2, 1),
  /** Whole numbers of 24 bits. */
  INT24(3, 1),
  /** Whole numbers of 32 bits. */
  INT32(4, 1),
  /** Floating-point numbers of 32 bits. */
  FLOAT32(4, 3);

  private final int bytes;

  /** The format's number in a file: 1 for whole numbers, 3 for floating-point ones. */
  private final int tag;

  SampleFormat(int bytes, int tag) {
    this.bytes = bytes;
    this.tag = tag;
  }

  /**
   * Returns the size of a sample.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }

  int tag() {
    return tag;
  }

  /** The format of a tag and a size; null if it is none of these. */
  static SampleFormat of(int tag, int bits) {
    for (SampleFormat format : values()) {
      if (format.tag == tag && format.bytes * Byte.SIZE == bits) {
        return format;
      }
    }
    return null;
  }

  /** The next sample; whole numbers become those from -1 up to 1. */
  float read(ByteBuffer bytes) {
    return switch (this) {
      case INT16 -> bytes.getShort() / 0x1p15f;
      case INT24 ->
          ((bytes.get() & 0xff) | (bytes.get() & 0xff) << 8 | bytes.get() << 16) / 0x1p23f;
      case INT32 -> bytes.getInt() / 0x1p31f;
      case FLOAT32 -> bytes.getFloat();
    };
  }

  /** Whole numbers are rounded, and clipped beyond -1 and 1; what is no number becomes 0. */
  void write(float sample, ByteBuffer bytes) {
    switch (this) {
      case INT16 -> bytes.putShort((short) whole(sample, 0x1p15));
      case INT24 -> {
        int whole = (int) whole(sample, 0x1p23);
        bytes.put((byte) whole).put((byte) (whole >> 8)).put((byte) (whole >> 16));
      }
      case INT32 -> bytes.putInt((int) whole(sample, 0x1p31));
      case FLOAT32 -> bytes.putFloat(sample);
    }
  }

  private static long whole(float sample, double scale) {
    return Math.max((long) -scale, Math.min((long) scale - 1, Math.round(sample * scale)));
  }
}
