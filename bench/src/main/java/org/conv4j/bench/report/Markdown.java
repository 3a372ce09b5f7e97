package org.conv4j.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the report as Markdown. */
final class Markdown {
  private Markdown() {}

  static String of(String title, List<Section> sections) {
    StringBuilder text = new StringBuilder("# " + title + "\n");
    for (Section section : sections) {
      text.append("\n## ").append(section.title()).append("\n");
      if (!section.text().isEmpty()) {
        text.append("\n").append(section.text()).append("\n");
      }
      if (section.image() != null) {
        text.append("\n![%s](%s)\n".formatted(section.title(), section.image()));
      }
      if (section.table() != null) {
        append(text.append("\n"), section.table());
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, TextTable table) {
    text.append(line(table.headings()));
    for (int column = 0; column < table.headings().size(); column++) {
      text.append(isLeft(table, column) ? "|---" : "|---:");
    }
    text.append("|\n");
    table.rows().forEach(row -> text.append(line(row)));
  }

  /** The first column names what the row is about, even where that starts with a digit. */
  private static boolean isLeft(TextTable table, int column) {
    return column == 0 || table.isWords(column);
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replaceAll("\\s*\\R\\s*", " ").replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
