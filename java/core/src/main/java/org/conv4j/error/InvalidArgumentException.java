package org.conv4j.error;

/**
 * An option, a limit or another argument is illegal that is no layer's; those are {@link
 * InvalidLayerException}'s.
 */
public final class InvalidArgumentException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public InvalidArgumentException(String message) {
    super(message);
  }

  /**
   * Checks that an argument was given.
   *
   * @param <T> its type
   * @param argument the argument
   * @param what what it is, as a sentence begins: {@code The engine to compile for}
   * @return the argument
   * @throws InvalidArgumentException if it is null
   */
  public static <T> T requirePresent(T argument, String what) {
    if (argument == null) {
      throw new InvalidArgumentException(what + " is missing: null was given.");
    }
    return argument;
  }
}
