package org.conv4j.keras.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;

/**
 * The bytes of an open file, which {@link #close} closes. They are copied out by positional reads
 * and never mapped: a mapped file that somebody truncates takes the whole JVM down.
 */
public final class FileBytes implements Bytes, AutoCloseable {
  private final FileChannel channel;
  private final long size;
  private final String source;

  private FileBytes(FileChannel channel, long size, String source) {
    this.channel = channel;
    this.size = size;
    this.source = source;
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
      return new FileBytes(channel, channel.size(), path.toString());
    } catch (IOException failure) {
      throw cannotRead(path.toString(), failure);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public void read(long position, ByteBuffer target) {
    requireRange(position, target.remaining());
    try {
      for (long at = position; target.hasRemaining(); ) {
        int count = channel.read(target, at);
        if (count < 0) {
          throw new MalformedFileException(source + " became shorter while it was read.");
        }
        at += count;
      }
    } catch (ClosedByInterruptException failure) {
      throw new FileAccessException("Reading " + source + " was interrupted.", failure);
    } catch (ClosedChannelException failure) {
      throw new IllegalStateException(source + " is closed.", failure);
    } catch (IOException failure) {
      throw cannotRead(source, failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw cannotRead(source, failure);
    }
  }

  private static FileAccessException cannotRead(String source, IOException failure) {
    return new FileAccessException("Cannot read " + source + ": " + reason(failure) + ".", failure);
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "access denied";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
