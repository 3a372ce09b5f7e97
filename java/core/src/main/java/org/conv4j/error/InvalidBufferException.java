package org.conv4j.error;

/**
 * A buffer cannot hold a tensor: heap memory, wrong byte order, misaligned, read-only or too small.
 */
public final class InvalidBufferException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public InvalidBufferException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public InvalidBufferException(String message, Throwable cause) {
    super(message, cause);
  }
}
