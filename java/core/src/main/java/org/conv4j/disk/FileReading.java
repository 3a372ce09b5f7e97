package org.conv4j.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;

/** Translates what goes wrong with a file into conv4j's exceptions. Safe for any thread. */
public final class FileReading {
  private FileReading() {}

  /**
   * Checks that there is something to read.
   *
   * @param path a file
   * @throws FileAccessException if there is none, or a directory
   */
  public static void requireFile(Path path) {
    if (!Files.exists(path)) {
      throw new FileAccessException("Cannot read " + path + ": there is no such file.");
    }
    if (Files.isDirectory(path)) {
      throw new FileAccessException("Cannot read " + path + ": it is a directory.");
    }
  }

  /**
   * Translates a failure to read.
   *
   * @param source what messages call the file
   * @param failure what the JDK says
   * @return the exception to throw
   */
  public static Conv4jException translate(String source, IOException failure) {
    if (failure instanceof ZipException || failure instanceof EOFException) {
      return new MalformedFileException(
          source + " is truncated or damaged: " + FileAccessException.reason(failure) + ".",
          failure);
    }
    return FileAccessException.reading(source, failure);
  }

  /**
   * Translates a failure of the JDK's ZIP classes, which report an entry's name that is no UTF-8 in
   * this untyped way.
   *
   * @param source what messages call the file
   * @param failure what the JDK says
   * @return the exception to throw
   */
  public static MalformedFileException translate(String source, IllegalArgumentException failure) {
    return new MalformedFileException(
        source + " is damaged: the name of an entry is no text.", failure);
  }
}
