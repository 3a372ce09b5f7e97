package org.conv4j.keras.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.conv4j.bytes.Bytes;
import org.conv4j.error.MalformedFileException;

/**
 * The directory of a ZIP archive (PKWARE's APPNOTE 6.3, with ZIP64), which is not trusted: names
 * that leave the archive or occur twice, and sizes beyond the archive, are refused. Immutable; safe
 * for any thread.
 */
public final class ZipArchive {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int ENCRYPTED = 1;
  private static final int ZIP64_EXTRA = 1;
  private static final long IN_EXTRA = 0xffffffffL;

  /** Ten thousand entries; Keras writes three and a file for each asset. */
  private static final int MAX_DIRECTORY_BYTES = 1 << 20;

  private final Bytes archive;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private ZipArchive(Bytes archive) {
    this.archive = archive;
  }

  /**
   * Returns whether bytes start like a ZIP archive.
   *
   * @param bytes the bytes
   * @return true if so
   */
  public static boolean isZip(Bytes bytes) {
    return bytes.size() >= 2 && Arrays.equals(bytes.read(0, 2), new byte[] {'P', 'K'});
  }

  /**
   * Reads the directory of an archive.
   *
   * @param archive the whole archive, which must stay readable as long as entries are read
   * @return the archive
   * @throws MalformedFileException if it is no sound archive
   * @throws org.conv4j.error.FileAccessException if it cannot be read
   */
  public static ZipArchive open(Bytes archive) {
    ZipArchive zip = new ZipArchive(archive);
    zip.readDirectory();
    return zip;
  }

  /**
   * Returns the names of the entries that are files.
   *
   * @return names with {@code /} between folders, in the archive's order
   */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * Returns whether there is a file.
   *
   * @param name its name
   * @return true if so
   */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * Returns a file's entry.
   *
   * @param name its name
   * @return the entry
   * @throws MalformedFileException if there is none
   */
  public ZipEntry entry(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw malformed("has no entry '" + name + "'");
    }
    return entry;
  }

  private void readDirectory() {
    long end = findEnd();
    ByteBuffer record = little(end, END_BYTES);
    long count = Short.toUnsignedLong(record.getShort(10));
    long size = Integer.toUnsignedLong(record.getInt(12));
    long start = Integer.toUnsignedLong(record.getInt(16));
    if (record.getInt(4) != 0) {
      throw malformed("is one part of a split archive");
    }
    if (end >= LOCATOR_BYTES) {
      ByteBuffer locator = little(end - LOCATOR_BYTES, LOCATOR_BYTES);
      if (locator.getInt(0) == LOCATOR_SIGNATURE) {
        ByteBuffer record64 = little(locator.getLong(8), END64_BYTES);
        if (record64.getInt(0) != END64_SIGNATURE) {
          throw malformed("has a damaged ZIP64 end record");
        }
        count = record64.getLong(32);
        size = record64.getLong(40);
        start = record64.getLong(48);
      }
    }
    if (size > MAX_DIRECTORY_BYTES) {
      throw malformed(
          "announces a directory of %s bytes; at most %d"
              .formatted(Long.toUnsignedString(size), MAX_DIRECTORY_BYTES));
    }
    archive.requireRange(start, size);
    ByteBuffer directory = little(start, (int) size);
    for (long i = 0; i < count; i++) {
      readEntry(directory);
    }
    if (directory.hasRemaining()) {
      throw malformed("has %d entries but a longer directory".formatted(count));
    }
  }

  /** The end record is the last thing but a comment, whose length must fit. */
  private long findEnd() {
    int window = (int) Math.min(archive.size(), END_BYTES + MAX_COMMENT_BYTES);
    ByteBuffer tail = little(archive.size() - window, window);
    for (int at = window - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE
          && Short.toUnsignedInt(tail.getShort(at + 20)) == window - END_BYTES - at) {
        return archive.size() - window + at;
      }
    }
    throw malformed("is no complete ZIP archive");
  }

  private void readEntry(ByteBuffer directory) {
    if (directory.remaining() < ENTRY_BYTES) {
      throw malformed("has a truncated directory");
    }
    ByteBuffer fixed = directory.slice().order(ByteOrder.LITTLE_ENDIAN);
    int nameBytes = Short.toUnsignedInt(fixed.getShort(28));
    int extraBytes = Short.toUnsignedInt(fixed.getShort(30));
    int total = ENTRY_BYTES + nameBytes + extraBytes + Short.toUnsignedInt(fixed.getShort(32));
    if (fixed.getInt(0) != ENTRY_SIGNATURE || total > directory.remaining()) {
      throw malformed("has a damaged directory");
    }
    directory.position(directory.position() + total);
    String name = name(fixed.slice(ENTRY_BYTES, nameBytes));
    if (name.endsWith("/")) {
      return;
    }
    if ((fixed.getShort(8) & ENCRYPTED) != 0) {
      throw malformed("has the encrypted entry '" + name + "'");
    }
    long[] sizes = {
      Integer.toUnsignedLong(fixed.getInt(24)),
      Integer.toUnsignedLong(fixed.getInt(20)),
      Integer.toUnsignedLong(fixed.getInt(42))
    };
    widen(sizes, fixed.slice(ENTRY_BYTES + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN));
    ZipEntry entry =
        new ZipEntry(
            archive,
            name,
            Short.toUnsignedInt(fixed.getShort(10)),
            fixed.getInt(16),
            sizes[0],
            sizes[1],
            sizes[2]);
    if (entries.put(name, entry) != null) {
      throw malformed("has two entries '" + name + "'");
    }
  }

  /** Takes the values that do not fit 32 bits from the ZIP64 field, which lists only those. */
  private void widen(long[] values, ByteBuffer extra) {
    ByteBuffer wide = ByteBuffer.allocate(0);
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
      if (id == ZIP64_EXTRA) {
        wide = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      extra.position(extra.position() + length);
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == IN_EXTRA) {
        if (wide.remaining() < Long.BYTES) {
          throw malformed("lacks a ZIP64 size");
        }
        values[i] = wide.getLong();
      }
    }
  }

  private String name(ByteBuffer encoded) {
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException binary) {
      throw new MalformedFileException(
          archive.source() + " is damaged: the name of an entry is no text.", binary);
    }
    boolean escapes =
        name.isEmpty()
            || name.startsWith("/")
            || name.indexOf('\\') >= 0
            || name.indexOf('\0') >= 0
            || Arrays.asList(name.split("/", -1)).contains("..");
    if (escapes) {
      throw malformed("has an entry whose name leaves the archive: '" + name + "'");
    }
    return name;
  }

  private ByteBuffer little(long position, int length) {
    return ByteBuffer.wrap(archive.read(position, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private MalformedFileException malformed(String problem) {
    return new MalformedFileException(archive.source() + " " + problem + ".");
  }
}
