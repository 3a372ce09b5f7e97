package org.conv4j.error;

import java.util.List;

/** A layer, or an op, step or program that a layer has made, was given an illegal argument. */
public final class InvalidLayerException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public InvalidLayerException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public InvalidLayerException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Checks that an argument was given.
   *
   * @param <T> its type
   * @param argument the argument
   * @param what what it is, as a sentence begins: {@code The window of a convolution}
   * @return the argument
   * @throws InvalidLayerException if it is null
   */
  public static <T> T requirePresent(T argument, String what) {
    if (argument == null) {
      throw new InvalidLayerException(what + " is missing: null was given.");
    }
    return argument;
  }

  /**
   * Copies a list, of which the caller may change the original at any time.
   *
   * @param <T> the type of its elements
   * @param argument the list
   * @param what what it is, as a sentence begins
   * @return an unchangeable copy
   * @throws InvalidLayerException if it is null or has an element that is
   */
  public static <T> List<T> requireCopy(List<? extends T> argument, String what) {
    try {
      return List.copyOf(argument);
    } catch (NullPointerException missing) {
      throw new InvalidLayerException(what + " must not be null, nor contain it.", missing);
    }
  }
}
