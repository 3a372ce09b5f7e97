package org.conv4j.bytes;

import java.nio.ByteBuffer;
import org.conv4j.error.MalformedFileException;

/**
 * Random access to a run of bytes that does not change. Safe for any thread. A part of a file is
 * only readable while the file is open.
 */
public interface Bytes {
  /**
   * Returns how many bytes there are.
   *
   * @return the size
   */
  long size();

  /**
   * Returns what messages call these bytes.
   *
   * @return for example a file's name
   */
  String source();

  /**
   * Fills a buffer, from its position to its limit.
   *
   * @param position where the first byte comes from
   * @param target receives the bytes
   * @throws MalformedFileException if the range is not inside these bytes
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   */
  void read(long position, ByteBuffer target);

  /**
   * Checks that what was read is what there was when the bytes were opened.
   *
   * @throws MalformedFileException if the file was changed meanwhile
   * @throws org.conv4j.error.FileAccessException if the file cannot be looked at
   */
  default void requireUnchanged() {}

  /**
   * Copies a range to a new array.
   *
   * @param position where it starts
   * @param length how many bytes
   * @return the bytes
   * @throws MalformedFileException if the range is not inside these bytes
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   */
  default byte[] read(long position, int length) {
    requireRange(position, length);
    byte[] bytes = new byte[length];
    read(position, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * Returns a part of these bytes, without copying.
   *
   * @param position where it starts
   * @param length how many bytes
   * @param name what messages call the part
   * @return the part
   * @throws MalformedFileException if the range is not inside these bytes
   */
  default Bytes slice(long position, long length, String name) {
    requireRange(position, length);
    return new ByteRange(this, position, length, name);
  }

  /**
   * Checks a range before anything is allocated for it.
   *
   * @param position where it starts
   * @param length how many bytes
   * @throws MalformedFileException if the range is not inside these bytes
   */
  default void requireRange(long position, long length) {
    if (position < 0 || length < 0 || position > size() - length) {
      throw new MalformedFileException(
          "%s is truncated or damaged: it has %d bytes and should have %s more at %s."
              .formatted(
                  source(),
                  size(),
                  Long.toUnsignedString(length),
                  Long.toUnsignedString(position)));
    }
  }
}
