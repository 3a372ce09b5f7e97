package org.conv4j.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A file is missing, or the operating system refuses to read or write it. */
public final class FileAccessException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public FileAccessException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public FileAccessException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Says that a file cannot be read.
   *
   * @param source what messages call the file
   * @param failure what the JDK says
   * @return the exception to throw
   */
  public static FileAccessException reading(String source, IOException failure) {
    return new FileAccessException("Cannot read " + source + ": " + reason(failure) + ".", failure);
  }

  /**
   * Says that a file cannot be written.
   *
   * @param target what messages call the file
   * @param failure what the JDK says
   * @return the exception to throw
   */
  public static FileAccessException writing(String target, IOException failure) {
    return new FileAccessException(
        "Cannot write " + target + ": " + reason(failure) + ".", failure);
  }

  /**
   * Tells in a few words what went wrong with a file.
   *
   * @param failure what the JDK says
   * @return the reason
   */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or directory";
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
