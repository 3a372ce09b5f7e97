package org.conv4j.error;

/** A function that the program gave for a layer has thrown an exception or broken its contract. */
public final class FunctionFailedException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence that names the layer
   */
  public FunctionFailedException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence that names the layer
   * @param cause what the function has thrown
   */
  public FunctionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
