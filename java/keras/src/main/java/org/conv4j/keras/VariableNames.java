package org.conv4j.keras;

/** What Keras and TensorFlow call variables. */
final class VariableNames {
  private VariableNames() {}

  /** The last part of a path, without TensorFlow's {@code :0}. */
  static String variable(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.endsWith(":0") ? last.substring(0, last.length() - 2) : last;
  }
}
