package org.conv4j.error;

/** There is not enough memory outside the heap for tensors. */
public final class OutOfMemoryException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence that says how much was asked for and what limits it
   * @param cause what the JVM threw
   */
  public OutOfMemoryException(String message, OutOfMemoryError cause) {
    super(message, cause);
  }
}
