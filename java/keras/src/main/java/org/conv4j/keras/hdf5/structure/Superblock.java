package org.conv4j.keras.hdf5.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.bytes.Bytes;
import org.conv4j.error.MalformedFileException;

/**
 * The start of an HDF5 file (specification, section II).
 *
 * @param metadata the structures of the file
 * @param rootHeader the address of the root group's header
 */
public record Superblock(Metadata metadata, long rootHeader) {
  private static final long SIGNATURE = 0x0a1a0a0d46444889L;
  private static final int SIGNATURE_BYTES = 8;
  private static final long FIRST_USER_BLOCK = 512;

  /** Version 0 with addresses of 8 bytes is the longest part that is needed. */
  private static final int MAX_BYTES = 28 + 6 * Long.BYTES;

  /** The superblock's place, or -1: the file's start, or after a block of the user's own. */
  public static long find(Bytes file) {
    for (long at = 0;
        at <= file.size() - SIGNATURE_BYTES;
        at = Math.max(FIRST_USER_BLOCK, 2 * at)) {
      if (little(file, at, SIGNATURE_BYTES).getLong() == SIGNATURE) {
        return at;
      }
    }
    return -1;
  }

  public static Superblock read(Bytes file) {
    long start = find(file);
    if (start < 0) {
      throw new MalformedFileException(file.source() + " is no HDF5 file.");
    }
    int size = (int) Math.min(MAX_BYTES, file.size() - start);
    ByteBuffer bytes = little(file, start, size);
    if (size < 16) {
      throw new MalformedFileException(file.source() + " is truncated inside its first bytes.");
    }
    int version = bytes.get(SIGNATURE_BYTES);
    return switch (version) {
      case 0, 1 -> {
        Metadata metadata = new Metadata(file, start, bytes.get(13), bytes.get(14));
        Cursor cursor = new Cursor(bytes, metadata).skip(version == 0 ? 24 : 28);
        requireEnd(cursor, file);
        // The driver's address and the link's name; the header comes next.
        cursor.skip(2 * metadata.offsetBytes());
        yield new Superblock(metadata, cursor.address());
      }
      case 2, 3 -> {
        Metadata metadata = new Metadata(file, start, bytes.get(9), bytes.get(10));
        Cursor cursor = new Cursor(bytes, metadata).skip(12);
        requireEnd(cursor, file);
        yield new Superblock(metadata, cursor.address());
      }
      default ->
          throw new MalformedFileException(
              file.source() + " has the unknown HDF5 version " + version + ".");
    };
  }

  /** The base, the address of an extension or of free space, and where the file should end. */
  private static void requireEnd(Cursor cursor, Bytes file) {
    cursor.skip(2 * cursor.metadata().offsetBytes());
    long end = cursor.address();
    if (end > file.size()) {
      throw new MalformedFileException(
          "%s is truncated: it has %d bytes and should have %d."
              .formatted(file.source(), file.size(), end));
    }
  }

  private static ByteBuffer little(Bytes file, long position, int length) {
    return ByteBuffer.wrap(file.read(position, length)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
