package org.conv4j.error;

/** An engine cannot run an operation or a data type; the message names what can. */
public final class UnsupportedByEngineException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public UnsupportedByEngineException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public UnsupportedByEngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
