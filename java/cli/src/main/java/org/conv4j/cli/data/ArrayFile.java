package org.conv4j.cli.data;

import java.nio.file.Path;
import org.conv4j.npy.Npy;
import org.conv4j.tensor.Tensor;

/** Files of one array: NumPy's, or tables. */
public final class ArrayFile {
  private ArrayFile() {}

  /** Reads a table as (rows, columns), or else an {@code .npy} file; the caller closes it. */
  public static Tensor read(Path path) {
    return Csv.isTable(path) ? Csv.read(path) : Npy.read(path);
  }

  /** Writes a table, or else an {@code .npy} file, replacing an old file when all is written. */
  public static void write(Path path, String name, Tensor tensor) {
    if (Csv.isTable(path)) {
      Csv.requireTable(name, tensor.shape());
      Csv.write(path, tensor);
    } else {
      Npy.write(path, tensor);
    }
  }
}
