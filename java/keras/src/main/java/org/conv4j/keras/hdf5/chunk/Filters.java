package org.conv4j.keras.hdf5.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.conv4j.bytes.Bytes;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;
import org.conv4j.keras.hdf5.structure.ObjectHeader;

/** What was done to the chunks of a data set, and how to undo it (specification, IV.A.2.l). */
public final class Filters {
  private static final int MAX_FILTERS = 32;

  /** Filters below have no names in the newer form of the list. */
  private static final int FIRST_NAMED = 256;

  /**
   * No compressed stream is longer than this many times its compressed form: RFC 1951; LZF has 88.
   */
  private static final long MAX_RATIO = 1032;

  private enum Filter {
    DEFLATE,
    SHUFFLE,
    FLETCHER32,
    LZF;

    boolean compresses() {
      return this == DEFLATE || this == LZF;
    }
  }

  /** In the order in which they were applied. */
  private final List<Filter> filters;

  private final Metadata metadata;
  private final String path;

  private Filters(List<Filter> filters, Metadata metadata, String path) {
    this.filters = filters;
    this.metadata = metadata;
    this.path = path;
  }

  public static Filters read(ObjectHeader header, Metadata metadata, String path) {
    List<Filter> filters = new ArrayList<>();
    for (Cursor message : header.all(ObjectHeader.FILTERS)) {
      int version = message.u8();
      int count = message.u8();
      if (version < 1 || version > 2 || count > MAX_FILTERS) {
        throw metadata.malformed("has an impossible list of filters");
      }
      message.skip(version == 1 ? 6 : 0);
      for (int i = 0; i < count; i++) {
        filters.add(readFilter(message, version, path));
      }
    }
    return new Filters(filters, metadata, path);
  }

  private static Filter readFilter(Cursor message, int version, String path) {
    int id = message.u16();
    Filter filter =
        switch (id) {
          case 1 -> Filter.DEFLATE;
          case 2 -> Filter.SHUFFLE;
          case 3 -> Filter.FLETCHER32;
          case 32000 -> Filter.LZF;
          default -> throw unsupported(id, message.metadata(), path);
        };
    int nameBytes = version == 1 || id >= FIRST_NAMED ? message.u16() : 0;
    int values = message.skip(2).u16();
    message.skip(version == 1 ? (nameBytes + 7) & -8 : nameBytes).skip(values * Integer.BYTES);
    if (version == 1 && values % 2 == 1) {
      message.skip(Integer.BYTES);
    }
    return filter;
  }

  private static MalformedFileException unsupported(int id, Metadata metadata, String path) {
    String name =
        switch (id) {
          case 4 -> "szip";
          case 5 -> "nbit";
          case 6 -> "scaleoffset";
          case 32001 -> "blosc";
          case 32004 -> "lz4";
          case 32008 -> "bitshuffle";
          case 32013 -> "zfp";
          case 32015 -> "zstd";
          default -> "with the number " + id;
        };
    return metadata.malformed(
        "stores '/%s' with the filter %s, which is not supported; re-save it with gzip or without compression"
            .formatted(path, name));
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
    int decompressed = decompressedSize(stored.size(), skipped, size);
    byte[] bytes = stored.read(0, (int) Math.min(Integer.MAX_VALUE - 8, stored.size()));
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (applied(i, skipped)) {
        bytes =
            switch (filters.get(i)) {
              case DEFLATE -> inflate(bytes, decompressed);
              case LZF -> lzf(bytes, decompressed);
              case SHUFFLE -> unshuffle(bytes, elementBytes);
              case FLETCHER32 -> checked(bytes);
            };
      }
    }
    if (bytes.length != size) {
      throw wrongSize(size, stored.size());
    }
    return bytes;
  }

  /** Checks the stored size, and tells what the filter that compresses was given. */
  private int decompressedSize(long stored, long skipped, int size) {
    long plain = size;
    boolean compressed = false;
    int checksums = 0;
    for (int i = 0; i < filters.size(); i++) {
      if (!applied(i, skipped)) {
        continue;
      }
      if (filters.get(i).compresses()) {
        if (compressed) {
          throw metadata.malformed(
              "compresses '/%s' twice, which is not supported".formatted(path));
        }
        compressed = true;
      } else if (filters.get(i) == Filter.FLETCHER32) {
        checksums += Fletcher32.BYTES;
        plain += compressed ? 0 : Fletcher32.BYTES;
      }
    }
    if (compressed ? plain > stored * MAX_RATIO : size + checksums != stored) {
      throw wrongSize(size, stored);
    }
    return (int) plain;
  }

  private MalformedFileException wrongSize(int size, long stored) {
    return metadata.malformed(
        "has a chunk of %d bytes stored in %d at '/%s'".formatted(size, stored, path));
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
              "has a chunk at '/%s' that inflates to %d of %d bytes".formatted(path, done, size));
        }
        done += count;
      }
      return bytes;
    } catch (DataFormatException damaged) {
      throw damaged();
    } finally {
      inflater.end();
    }
  }

  private byte[] lzf(byte[] compressed, int size) {
    byte[] bytes = new byte[size];
    if (!Lzf.restore(compressed, bytes)) {
      throw damaged();
    }
    return bytes;
  }

  private MalformedFileException damaged() {
    return metadata.malformed("has a damaged chunk at '/%s'".formatted(path));
  }

  /** The checksum is little-endian, whatever the elements are. */
  private byte[] checked(byte[] bytes) {
    int length = bytes.length - Fletcher32.BYTES;
    if (length < 0) {
      throw damaged();
    }
    int stored = 0;
    for (int i = 0; i < Fletcher32.BYTES; i++) {
      stored |= Byte.toUnsignedInt(bytes[length + i]) << (Byte.SIZE * i);
    }
    int sum = Fletcher32.of(bytes, length);
    if (stored != sum && stored != Fletcher32.exchanged(sum)) {
      throw metadata.malformed("has a chunk at '/%s' that its checksum denies".formatted(path));
    }
    return Arrays.copyOf(bytes, length);
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
