package org.conv4j.bench.report;

/**
 * A part of the report.
 *
 * @param title its heading
 * @param text a paragraph, or empty
 * @param table a table, or null
 * @param image the file name of a plot, or null
 */
record Section(String title, String text, TextTable table, String image) {
  static Section of(String title, String text) {
    return new Section(title, text, null, null);
  }

  static Section of(String title, String text, TextTable table) {
    return new Section(title, text, table, null);
  }

  static Section ofImage(String title, String text, String image) {
    return new Section(title, text, null, image);
  }
}
