package org.conv4j.engine;

/**
 * An engine that was asked to run an op and left it to others.
 *
 * @param engine its name
 * @param reason why, in a few words
 */
public record Declined(String engine, String reason) {
  @Override
  public String toString() {
    return engine + ": " + reason;
  }
}
