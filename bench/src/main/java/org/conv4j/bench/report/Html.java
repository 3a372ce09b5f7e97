package org.conv4j.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Writes the report as one page that needs nothing beside it. */
final class Html {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem;
             padding: 0 1rem; color: #1b1f24; }
      table { border-collapse: collapse; font-size: 13px; display: block; overflow-x: auto; }
      th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid #d8dee4;
               white-space: nowrap; }
      th:first-child, td:first-child, .words { text-align: left; }
      th { background: #f3f5f7; }
      img { max-width: 100%; }
      """;

  private Html() {}

  /** Writes the page; the images are read from the folder. */
  static String of(String title, List<Section> sections, Path folder) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<title>").append(escape(title)).append("</title>\n");
    page.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    page.append("<h1>").append(escape(title)).append("</h1>\n");
    for (Section section : sections) {
      page.append("<h2>").append(escape(section.title())).append("</h2>\n");
      if (!section.text().isEmpty()) {
        page.append("<p>").append(escape(section.text())).append("</p>\n");
      }
      if (section.image() != null) {
        page.append(
            "<img alt=\"%s\" src=\"data:image/png;base64,%s\">\n"
                .formatted(escape(section.title()), base64(folder.resolve(section.image()))));
      }
      if (section.table() != null) {
        append(page, section.table());
      }
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static void append(StringBuilder page, TextTable table) {
    page.append("<table>\n<thead>");
    row(page, "th", table, table.headings());
    page.append("</thead>\n<tbody>\n");
    table.rows().forEach(row -> row(page, "td", table, row));
    page.append("</tbody>\n</table>\n");
  }

  private static void row(StringBuilder page, String tag, TextTable table, List<String> cells) {
    page.append("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      String words = table.isWords(column) ? " class=\"words\"" : "";
      page.append("<%s%s>%s</%s>".formatted(tag, words, escape(cells.get(column)), tag));
    }
    page.append("</tr>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String base64(Path image) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(image));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
