package org.conv4j.cli.data;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.conv4j.disk.FileReading;
import org.conv4j.disk.FileWriting;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Tables of numbers as text: a row in a line, its columns between commas or tabs. */
final class Csv {
  private static final long MAX_CHARACTERS = 1L << 30;
  private static final int MAX_LINE = 1 << 24;

  private Csv() {}

  /** Whether a file has the name of a table. */
  static boolean isTable(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || isSeparatedByTabs(name);
  }

  private static boolean isSeparatedByTabs(String name) {
    return name.endsWith(".tsv");
  }

  /** Reads a table as float64 of the shape (rows, columns); the caller closes it. */
  static Tensor read(Path path) {
    FileReading.requireFile(path);
    CsvTable table = new CsvTable(path.toString());
    // Bytes that are no UTF-8 are no numbers either, which the table then says of their place.
    try (Reader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      long characters = 0;
      int before = 0;
      for (int next = reader.read(); next >= 0; next = reader.read()) {
        if (++characters > MAX_CHARACTERS) {
          throw new MalformedFileException(
              "%s has more than %d characters; larger arrays belong into an .npy file."
                  .formatted(path, MAX_CHARACTERS));
        }
        if (next == '\r' || next == '\n' && before != '\r') {
          table.add(line);
          line.setLength(0);
        } else if (next != '\n') {
          if (line.length() == MAX_LINE) {
            throw table.malformed(
                table.lines() + 1, "it has more than %d characters".formatted(MAX_LINE));
          }
          line.append((char) next);
        }
        before = next;
      }
      if (line.length() > 0) {
        table.add(line);
      }
    } catch (IOException failure) {
      throw FileReading.translate(path.toString(), failure);
    }
    return table.toTensor();
  }

  /** Checks that an array can be written, before there is one. */
  static void requireTable(String name, Shape shape) {
    if (withoutBatch(shape).rank() > 2) {
      throw new ShapeMismatchException(
          "The output '%s' has the shape %s; a table has rows and columns, and perhaps a batch of 1."
              .formatted(name, shape));
    }
  }

  private static Shape withoutBatch(Shape shape) {
    return shape.rank() == 3 && shape.dim(0) == 1
        ? Shape.ofElements(shape.dim(1), shape.dim(2))
        : shape;
  }

  /** Writes an array of at most two dimensions, a batch of 1 apart; one of one is a column. */
  static void write(Path path, Tensor tensor) {
    Shape shape = withoutBatch(tensor.shape());
    long columns = shape.rank() == 2 ? shape.dim(1) : 1;
    char separator = isSeparatedByTabs(path.toString().toLowerCase(Locale.ROOT)) ? '\t' : ',';
    FileWriting.replace(
        path,
        stream -> {
          Writer writer =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.US_ASCII));
          for (long i = 0; i < shape.elementCount(); i++) {
            writer.write(text(tensor.get(i), tensor.dataType()));
            writer.write((i + 1) % columns == 0 ? '\n' : separator);
          }
          writer.flush();
        });
  }

  /** The shortest text that is this number and no other of its type. */
  private static String text(double value, DataType type) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return type == DataType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
  }
}
