package org.conv4j.error;

/**
 * A model would take more of something than a limit allows; see {@code org.conv4j.limit.Limits}.
 */
public final class LimitExceededException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence that names the limit, its value and how to raise it
   */
  public LimitExceededException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence that names the limit and how to raise it
   * @param cause what led to it
   */
  public LimitExceededException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates an exception for what the JVM has no memory for. What was being made must be freed by
   * then, so that a caller can go on with something smaller.
   *
   * @param what a sentence without its full stop: what cannot be made
   * @param exhausted what the JVM threw
   * @return the exception
   */
  public static LimitExceededException memory(String what, OutOfMemoryError exhausted) {
    return new LimitExceededException(
        "%s: it takes more memory than Java may use (%s); start Java with a larger -Xmx or -XX:MaxDirectMemorySize."
            .formatted(what, exhausted.getMessage()),
        exhausted);
  }
}
