package org.conv4j.cli.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.conv4j.error.MalformedFileException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * A table of numbers that grows line by line. The first line may be a header, in which no cell is a
 * number; it also says whether tabs, semicolons or commas separate the cells. Not thread-safe.
 */
final class CsvTable {
  private static final int SHOWN = 20;

  private final String source;
  private long lines;
  private char separator;
  private int columns;
  private double[] values = new double[1024];
  private int count;
  private long emptyLine;

  CsvTable(String source) {
    this.source = source;
  }

  /** How many lines there were. */
  long lines() {
    return lines;
  }

  void add(CharSequence line) {
    lines++;
    String text =
        lines == 1 && line.length() > 0 && line.charAt(0) == '\ufeff'
            ? line.subSequence(1, line.length()).toString()
            : line.toString();
    if (text.isBlank()) {
      emptyLine = emptyLine == 0 ? lines : emptyLine;
      return;
    }
    if (emptyLine > 0) {
      throw malformed(emptyLine, "it is empty");
    }
    // NumPy's savetxt writes headers so.
    if (text.startsWith("#")) {
      return;
    }
    boolean first = columns == 0;
    if (first) {
      separator = text.indexOf('\t') >= 0 ? '\t' : text.indexOf(';') >= 0 ? ';' : ',';
    }
    List<String> cells = split(text);
    if (first) {
      columns = cells.size();
      if (cells.stream().noneMatch(CsvTable::isNumber)) {
        requireNames(cells);
        return;
      }
    }
    if (cells.size() != columns) {
      throw malformed(
          lines, "it has %d columns; the first line has %d".formatted(cells.size(), columns));
    }
    for (int i = 0; i < columns; i++) {
      add(cells.get(i), i + 1);
    }
  }

  /** What pandas writes has a first column that counts the rows, and no name above it. */
  private void requireNames(List<String> header) {
    int missing = header.indexOf("");
    if (missing >= 0) {
      throw malformedCell(
          missing + 1,
          "the header has no name for it (pandas writes its index so; index=False leaves it out)");
    }
  }

  private void add(String cell, int column) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    try {
      values[count++] = number(cell);
    } catch (NumberFormatException noNumber) {
      throw malformedCell(column, cell.isEmpty() ? "it is empty" : shown(cell) + " is no number");
    }
  }

  private static String shown(String cell) {
    String start = cell.length() > SHOWN ? cell.substring(0, SHOWN) + "..." : cell;
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  private List<String> split(String line) {
    List<String> cells = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || !quoted && line.charAt(i) == separator) {
        cells.add(cell(line.substring(begin, i)));
        begin = i + 1;
      } else if (line.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return cells;
  }

  private static String cell(String text) {
    String cell = text.strip();
    boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
    return quoted ? cell.substring(1, cell.length() - 1).strip() : cell;
  }

  private static boolean isNumber(String cell) {
    try {
      number(cell);
      return true;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static double number(String cell) {
    switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan":
        return Double.NaN;
      case "inf", "+inf":
        return Double.POSITIVE_INFINITY;
      case "-inf":
        return Double.NEGATIVE_INFINITY;
      default:
        break;
    }
    for (int i = 0; i < cell.length(); i++) {
      // Java's numbers may also be hexadecimal, or end with a type.
      if ("0123456789+-.eE".indexOf(cell.charAt(i)) < 0) {
        throw new NumberFormatException(cell);
      }
    }
    return Double.parseDouble(cell);
  }

  private MalformedFileException malformedCell(int column, String reason) {
    return new MalformedFileException(
        "%s, line %d, column %d: %s.".formatted(source, lines, column, reason));
  }

  MalformedFileException malformed(long line, String reason) {
    return new MalformedFileException("%s, line %d: %s.".formatted(source, line, reason));
  }

  /** All of it as a tensor, which the caller closes. */
  Tensor toTensor() {
    if (count == 0) {
      throw new MalformedFileException(source + " holds no numbers.");
    }
    return Tensor.of(Shape.of(count / columns, columns), Arrays.copyOf(values, count));
  }
}
