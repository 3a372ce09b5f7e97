package org.conv4j.keras.hdf5;

import java.nio.ByteBuffer;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.bytes.Bytes;

/**
 * Gives access to the structures of a file by address. Neighbouring structures are read together,
 * and the sum of all reads is bounded: structures that refer to each other in a circle run out of
 * it. Not thread-safe.
 */
final class Metadata {
  private static final int WINDOW_BYTES = 1 << 13;

  /** The largest structure that HDF5 itself writes into one place, a fractal heap's object. */
  private static final int MAX_STRUCTURE_BYTES = 1 << 26;

  /** A sound file is read about once, and its metadata is the smaller part of it. */
  private static final int READS_OF_FILE = 4;

  private static final long MAX_TOTAL_BYTES = 1 << 28;

  private final Bytes file;
  private final long base;
  private final int offsetBytes;
  private final int lengthBytes;
  private long budget;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  Metadata(Bytes file, long base, int offsetBytes, int lengthBytes) {
    this.file = file;
    this.base = base;
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
    this.budget = Math.min(MAX_TOTAL_BYTES, READS_OF_FILE * file.size() + WINDOW_BYTES);
    requireWidth(offsetBytes);
    requireWidth(lengthBytes);
  }

  int offsetBytes() {
    return offsetBytes;
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /** Everything in the file; addresses count from a base in it. */
  Bytes data(long address, long length) {
    if (address < 0) {
      throw malformed("refers to data at no address");
    }
    return file.slice(base + address, length, file.source());
  }

  /** A structure of a known size. */
  Cursor at(long address, long length) {
    if (address < 0) {
      throw malformed("refers to a structure at no address");
    }
    if (length > MAX_STRUCTURE_BYTES) {
      throw malformed("has a structure of %s bytes".formatted(Long.toUnsignedString(length)));
    }
    long start = base + address;
    file.requireRange(start, length);
    budget -= length + Long.BYTES;
    if (budget < 0) {
      throw malformed("refers to its own structures in circles");
    }
    if (start < windowStart || start + length > windowStart + window.limit()) {
      int size = (int) Math.min(Math.max(length, WINDOW_BYTES), file.size() - start);
      window = ByteBuffer.wrap(file.read(start, size));
      windowStart = start;
    }
    return new Cursor(window.slice((int) (start - windowStart), (int) length), this);
  }

  MalformedFileException malformed(String problem) {
    return new MalformedFileException(file.source() + " " + problem + ".");
  }

  private void requireWidth(int bytes) {
    if (bytes != 2 && bytes != 4 && bytes != Long.BYTES) {
      throw malformed("has addresses of %d bytes".formatted(bytes));
    }
  }
}
