package org.conv4j.keras.hdf5.structure;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.conv4j.bytes.Bytes;
import org.conv4j.error.MalformedFileException;

/**
 * Gives access to the structures of a file by address. The file is read by pages, each once. All
 * that is made of the structures is charged to a budget: a file whose structures refer to each
 * other in a circle, or to one text a million times, runs out of it. Not thread-safe.
 */
public final class Metadata {
  private static final int PAGE_BYTES = 1 << 12;
  private static final int MAX_PAGES = 1 << 14;

  /** HDF5 keeps structures below 64 KB, but for heaps of names. */
  private static final int MAX_STRUCTURE_BYTES = 1 << 24;

  /** What an object of ours takes in memory, roughly. */
  private static final int OBJECT_BYTES = 64;

  /** The largest of {@code keras.applications} takes 5 MB; a sound small file, 16 times itself. */
  private static final long MAX_BUDGET = 1 << 26;

  private static final long MIN_BUDGET = 1 << 20;
  private static final int MAX_EXPANSION = 16;

  private final Bytes file;
  private final long base;
  private final int offsetBytes;
  private final int lengthBytes;
  private final Map<Long, byte[]> pages = new HashMap<>();
  private long budget;

  Metadata(Bytes file, long base, int offsetBytes, int lengthBytes) {
    this.file = file;
    this.base = base;
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
    this.budget = Math.min(MAX_BUDGET, MIN_BUDGET + MAX_EXPANSION * file.size());
    requireWidth(offsetBytes);
    requireWidth(lengthBytes);
  }

  public int offsetBytes() {
    return offsetBytes;
  }

  public int lengthBytes() {
    return lengthBytes;
  }

  /** Everything in the file; addresses count from a base in it. */
  public Bytes data(long address, long length) {
    if (address < 0) {
      throw malformed("refers to data at no address");
    }
    return file.slice(base + address, length, file.source());
  }

  /** A structure of a known size. */
  public Cursor at(long address, long length) {
    if (address < 0) {
      throw malformed("refers to a structure at no address");
    }
    if (length > MAX_STRUCTURE_BYTES) {
      throw malformed("has a structure of %s bytes".formatted(Long.toUnsignedString(length)));
    }
    long start = base + address;
    file.requireRange(start, length);
    charge(length);
    long page = start / PAGE_BYTES;
    int within = (int) (start % PAGE_BYTES);
    return within + length <= PAGE_BYTES
        ? new Cursor(ByteBuffer.wrap(page(page)).slice(within, (int) length), this)
        : new Cursor(ByteBuffer.wrap(file.read(start, (int) length)), this);
  }

  /** Takes an object and some bytes from the budget. */
  public void charge(long bytes) {
    budget -= OBJECT_BYTES + bytes;
    if (budget < 0) {
      throw malformed("has structures that go on and on, perhaps in a circle");
    }
  }

  public MalformedFileException malformed(String problem) {
    return new MalformedFileException(file.source() + " " + problem + ".");
  }

  private byte[] page(long number) {
    byte[] page = pages.get(number);
    if (page == null) {
      if (pages.size() == MAX_PAGES) {
        throw malformed("has structures all over the place, more than a model needs");
      }
      long start = number * PAGE_BYTES;
      page = file.read(start, (int) Math.min(PAGE_BYTES, file.size() - start));
      pages.put(number, page);
    }
    return page;
  }

  private void requireWidth(int bytes) {
    if (bytes != 2 && bytes != 4 && bytes != Long.BYTES) {
      throw malformed("has addresses of %d bytes".formatted(bytes));
    }
  }
}
