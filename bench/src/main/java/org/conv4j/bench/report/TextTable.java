package org.conv4j.bench.report;

import java.util.List;

/**
 * A table whose cells are text.
 *
 * @param headings one for each column
 * @param rows as many cells as headings each
 */
record TextTable(List<String> headings, List<List<String>> rows) {
  /** Whether a column holds words, which start on the left, and no numbers. */
  boolean isWords(int column) {
    return rows.stream().map(row -> row.get(column)).noneMatch(TextTable::isNumber);
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty() && Character.isDigit(cell.charAt(0));
  }
}
