package org.conv4j.dl4j.convert;

/** A part of a network that cannot be translated; never leaves this package. */
final class Unsupported extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says why, to be read behind the name of the part. */
  Unsupported(String reason) {
    super(reason);
  }
}
