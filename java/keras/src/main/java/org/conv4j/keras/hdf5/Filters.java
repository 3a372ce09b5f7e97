package org.conv4j.keras.hdf5;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.conv4j.keras.bytes.Bytes;

/** What was done to the chunks of a data set, and how to undo it (specification, IV.A.2.l). */
final class Filters {
  private static final int MAX_FILTERS = 32;

  /** No deflated stream is longer than this many times its compressed form (RFC 1951). */
  private static final long MAX_DEFLATE_RATIO = 1032;

  private enum Filter {
    DEFLATE,
    SHUFFLE
  }

  /** In the order in which they were applied. */
  private final List<Filter> filters;

  private final Metadata metadata;

  private Filters(List<Filter> filters, Metadata metadata) {
    this.filters = filters;
    this.metadata = metadata;
  }

  static Filters read(ObjectHeader header, Metadata metadata) {
    List<Filter> filters = new ArrayList<>();
    for (Cursor message : header.all(ObjectHeader.FILTERS)) {
      int version = message.u8();
      int count = message.u8();
      if (version < 1 || version > 2 || count > MAX_FILTERS) {
        throw metadata.malformed("has an impossible list of filters");
      }
      message.skip(version == 1 ? 6 : 0);
      for (int i = 0; i < count; i++) {
        filters.add(readFilter(message, version));
      }
    }
    return new Filters(filters, metadata);
  }

  private static Filter readFilter(Cursor message, int version) {
    int id = message.u16();
    Filter filter =
        switch (id) {
          case 1 -> Filter.DEFLATE;
          case 2 -> Filter.SHUFFLE;
          default -> throw message.metadata().malformed("uses the unsupported filter " + id);
        };
    int nameBytes = version == 1 ? message.u16() : 0;
    int values = message.skip(2).u16();
    message.skip((nameBytes + 7) & -8).skip(values * Integer.BYTES);
    if (version == 1 && values % 2 == 1) {
      message.skip(Integer.BYTES);
    }
    return filter;
  }

  /**
   * Restores a chunk.
   *
   * @param stored what the file holds
   * @param skipped one bit for each filter that was not applied to this chunk
   * @param size the chunk's size
   * @param elementBytes the size of an element
   */
  byte[] restore(Bytes stored, long skipped, int size, int elementBytes) {
    boolean inflates = false;
    for (int i = 0; i < filters.size(); i++) {
      inflates |= filters.get(i) == Filter.DEFLATE && applied(i, skipped);
    }
    if (inflates ? size > stored.size() * MAX_DEFLATE_RATIO : size != stored.size()) {
      throw metadata.malformed(
          "has a chunk of %d bytes stored in %d".formatted(size, stored.size()));
    }
    byte[] bytes = stored.read(0, (int) Math.min(Integer.MAX_VALUE - 8, stored.size()));
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (applied(i, skipped)) {
        bytes =
            filters.get(i) == Filter.DEFLATE
                ? inflate(bytes, size)
                : unshuffle(bytes, elementBytes);
      }
    }
    return bytes;
  }

  private static boolean applied(int filter, long skipped) {
    return (skipped >> filter & 1) == 0;
  }

  private byte[] inflate(byte[] deflated, int size) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      byte[] bytes = new byte[size];
      int done = 0;
      while (done < size) {
        int count = inflater.inflate(bytes, done, size - done);
        if (count == 0) {
          throw metadata.malformed(
              "has a chunk that inflates to %d of %d bytes".formatted(done, size));
        }
        done += count;
      }
      return bytes;
    } catch (DataFormatException damaged) {
      throw metadata.malformed("has a damaged chunk");
    } finally {
      inflater.end();
    }
  }

  /** The first bytes of all elements lie together, then the second ones, and so on. */
  private static byte[] unshuffle(byte[] shuffled, int elementBytes) {
    int count = shuffled.length / elementBytes;
    byte[] bytes = shuffled.clone();
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < elementBytes; j++) {
        bytes[i * elementBytes + j] = shuffled[j * count + i];
      }
    }
    return bytes;
  }
}
