package org.conv4j.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;

/**
 * The bytes of an open file, which {@link #close} closes. They are copied out by positional reads
 * and never mapped: a mapped file that somebody truncates takes the whole JVM down.
 *
 * <p>A thread that is interrupted while it reads closes the channel for all (see {@link
 * java.nio.channels.InterruptibleChannel}). Weights are read whenever a plan is compiled, so the
 * file is opened anew then, and the thread stays interrupted.
 */
public final class FileBytes implements Bytes, AutoCloseable {
  private final Path path;
  private final Version version;
  private final long size;
  private volatile FileChannel channel;

  /** Guarded by this. */
  private boolean closed;

  private FileBytes(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.version = Version.of(path);
  }

  /** What tells one state of a file from another; the key, where there is one, is the file's. */
  private record Version(Object key, FileTime modified, long size) {
    static Version of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    }

    /** Written out: the first record whose methods Java generates delays the start. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Version version
          && version.size == size
          && version.modified.equals(modified)
          && Objects.equals(version.key, key);
    }

    @Override
    public int hashCode() {
      return 31 * modified.hashCode() + Long.hashCode(size);
    }
  }

  /**
   * Opens a file.
   *
   * @param path a regular file
   * @return its bytes, which the caller closes
   * @throws FileAccessException if there is no such file, or it cannot be read
   */
  public static FileBytes open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new FileAccessException("Cannot read " + path + ": it is a directory.");
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new FileAccessException("Cannot read " + path + ": it is no regular file.");
      }
      FileChannel channel = FileChannel.open(path);
      try {
        return new FileBytes(path, channel);
      } catch (IOException | RuntimeException failure) {
        channel.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw FileAccessException.reading(path.toString(), failure);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String source() {
    return path.toString();
  }

  @Override
  public void read(long position, ByteBuffer target) {
    requireRange(position, target.remaining());
    int start = target.position();
    boolean interrupted = false;
    try {
      while (true) {
        FileChannel open = channel;
        try {
          fill(open, position, target.position(start));
          return;
        } catch (ClosedChannelException lost) {
          interrupted |= Thread.interrupted();
          reopen(open, lost);
        }
      }
    } catch (IOException failure) {
      throw FileAccessException.reading(source(), failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void fill(FileChannel open, long position, ByteBuffer target) throws IOException {
    for (long at = position; target.hasRemaining(); ) {
      int count = open.read(target, at);
      if (count < 0) {
        throw new MalformedFileException(source() + " became shorter while it was read.");
      }
      at += count;
    }
  }

  /** Another thread may have opened the file already. */
  private synchronized void reopen(FileChannel lost, ClosedChannelException reason)
      throws IOException {
    if (closed) {
      throw new IllegalStateException(source() + " is closed.", reason);
    }
    if (channel != lost) {
      return;
    }
    FileChannel anew = FileChannel.open(path);
    if (!version.equals(Version.of(path))) {
      anew.close();
      throw changed();
    }
    channel = anew;
  }

  /** A file that was deleted or replaced can still be read as it was. */
  @Override
  public void requireUnchanged() {
    try {
      Version now = Version.of(path);
      if (Objects.equals(now.key, version.key) && !now.equals(version)) {
        throw changed();
      }
    } catch (NoSuchFileException deleted) {
      return;
    } catch (IOException failure) {
      throw FileAccessException.reading(source(), failure);
    }
  }

  private MalformedFileException changed() {
    return new MalformedFileException(source() + " was changed while it was open.");
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException failure) {
      throw FileAccessException.reading(source(), failure);
    }
  }
}
