package org.conv4j.spark;

/** Says what is wrong with the input of a row. */
final class InvalidRowException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidRowException(String message) {
    super(message);
  }

  InvalidRowException(String message, Throwable cause) {
    super(message, cause);
  }
}
