package org.conv4j.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns. Not thread-safe. */
public final class Table {
  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] rightAligned;

  /** Starts a table; a heading that starts with {@code >} makes its column right-aligned. */
  public Table(String... headings) {
    rightAligned = new boolean[headings.length];
    String[] row = new String[headings.length];
    for (int i = 0; i < headings.length; i++) {
      rightAligned[i] = headings[i].startsWith(">");
      row[i] = rightAligned[i] ? headings[i].substring(1) : headings[i];
    }
    rows.add(row);
  }

  public void add(String... cells) {
    if (cells.length != rightAligned.length) {
      throw new IllegalArgumentException(
          "A row needs " + rightAligned.length + " cells; given " + Arrays.toString(cells) + ".");
    }
    rows.add(cells);
  }

  /** Returns the lines, headings first. */
  public List<String> lines() {
    int[] widths = new int[rightAligned.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? "" : "  ").append(rightAligned[i] ? space + row[i] : row[i] + space);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
