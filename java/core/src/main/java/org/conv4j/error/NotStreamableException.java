package org.conv4j.error;

/** A network cannot be run frame by frame: the message names the layer and says why. */
public final class NotStreamableException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public NotStreamableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public NotStreamableException(String message, Throwable cause) {
    super(message, cause);
  }
}
