package org.conv4j.keras.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.error.MalformedFileException;

/**
 * One file of a ZIP archive. Immutable; safe for any thread.
 *
 * @param archive the whole archive
 * @param name its name in the archive
 * @param method how it is compressed: 0 stored, 8 deflated
 * @param checksum its content's CRC-32
 * @param size its content's size in bytes
 * @param storedSize the size in the archive
 * @param header where its local header starts
 */
public record ZipEntry(
    Bytes archive, String name, int method, int checksum, long size, long storedSize, long header) {
  private static final int HEADER_SIGNATURE = 0x04034b50;
  private static final int HEADER_BYTES = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int PIECE_BYTES = 1 << 20;

  /** No deflated stream is longer than this many times its compressed form (RFC 1951). */
  private static final long MAX_DEFLATE_RATIO = 1032;

  /**
   * Returns the content after its checksum was verified. A stored entry is not copied but read in
   * place; a deflated one is inflated into memory.
   *
   * @param maxInflatedBytes the most memory to spend on a deflated entry
   * @return the content
   * @throws MalformedFileException if it is damaged, compressed in another way, or inflates to more
   * @throws org.conv4j.error.FileAccessException if the archive cannot be read
   */
  public Bytes content(long maxInflatedBytes) {
    Bytes stored = stored();
    Bytes content =
        switch (method) {
          case STORED -> {
            if (size != storedSize) {
              throw malformed("is stored but has two sizes, %d and %d".formatted(size, storedSize));
            }
            yield stored;
          }
          case DEFLATED -> inflate(stored, maxInflatedBytes);
          default -> throw malformed("is compressed by the unsupported method " + method);
        };
    if (checksum(content) != checksum) {
      throw malformed("does not have the content that its checksum says");
    }
    return content;
  }

  /** The local header repeats the name and has extra fields of its own. */
  private Bytes stored() {
    ByteBuffer local =
        ByteBuffer.wrap(archive.read(header, HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    if (local.getInt(0) != HEADER_SIGNATURE) {
      throw malformed("has no header where the directory says");
    }
    long start =
        header
            + HEADER_BYTES
            + Short.toUnsignedInt(local.getShort(26))
            + Short.toUnsignedInt(local.getShort(28));
    return archive.slice(start, storedSize, archive.source() + "[" + name + "]");
  }

  private Bytes inflate(Bytes stored, long maxBytes) {
    if (size < 0 || size > Math.min(maxBytes, Integer.MAX_VALUE - Long.BYTES)) {
      throw malformed(
          "would take %s bytes of memory to inflate; at most %d"
              .formatted(Long.toUnsignedString(size), maxBytes));
    }
    if (size > storedSize * MAX_DEFLATE_RATIO) {
      throw malformed("announces more than its data can inflate to");
    }
    // Direct memory is not in the way of the garbage collector, and tensors are filled from it.
    ByteBuffer content = ByteBuffer.allocateDirect((int) size);
    Inflater inflater = new Inflater(true);
    try {
      for (long at = 0; !inflater.finished(); ) {
        if (inflater.needsInput()) {
          int piece = (int) Math.min(PIECE_BYTES, stored.size() - at);
          if (piece == 0) {
            throw malformed("is truncated");
          }
          inflater.setInput(stored.read(at, piece));
          at += piece;
        }
        if (inflater.inflate(content) == 0 && !content.hasRemaining() && !inflater.finished()) {
          requireEnd(inflater);
        }
      }
    } catch (DataFormatException damaged) {
      throw new MalformedFileException(stored.source() + " is damaged.", damaged);
    } finally {
      inflater.end();
    }
    if (content.hasRemaining()) {
      throw malformed("is shorter than announced");
    }
    return new MemoryBytes(content.flip(), stored.source());
  }

  /** The end of the stream may need one more call once the content is complete. */
  private void requireEnd(Inflater inflater) throws DataFormatException {
    if (inflater.inflate(new byte[1]) != 0) {
      throw malformed("is longer than announced");
    }
  }

  private static int checksum(Bytes content) {
    CRC32 crc = new CRC32();
    ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(PIECE_BYTES, content.size()));
    for (long at = 0; at < content.size(); at += piece.limit()) {
      piece.clear().limit((int) Math.min(piece.capacity(), content.size() - at));
      content.read(at, piece);
      crc.update(piece.flip());
    }
    return (int) crc.getValue();
  }

  private MalformedFileException malformed(String problem) {
    return new MalformedFileException(
        "%s: the entry '%s' %s.".formatted(archive.source(), name, problem));
  }
}
