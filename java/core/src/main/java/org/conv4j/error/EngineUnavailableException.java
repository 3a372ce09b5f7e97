package org.conv4j.error;

/** An engine cannot be used in this process; the cause says why. */
public final class EngineUnavailableException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public EngineUnavailableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
