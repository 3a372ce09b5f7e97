package org.conv4j.cli.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.model.Model;
import org.conv4j.npy.Npz;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** A model's outputs of one or more runs and the files that they go to. Owner of the tensors. */
public final class ModelOutputs implements AutoCloseable {
  private final List<String> names;
  private final List<Shape> shapes;
  private final Map<String, NamedPath> files;
  private final TensorList tensors;

  /**
   * Makes room for the outputs that go to arrays: of a number of runs, those of a later one behind
   * the earlier. All other outputs have room for one run.
   */
  public ModelOutputs(Model model, Plan plan, Map<String, NamedPath> files, int runs) {
    this.names = model.outputNames();
    this.shapes = plan.outputShapes();
    this.files = files;
    checkTables(runs);
    List<Integer> indices = IntStream.range(0, shapes.size()).boxed().toList();
    tensors =
        TensorList.of(
            indices,
            i ->
                Tensor.allocate(
                    plan.dataType(), together(shapes.get(i), goesToArray(i) ? runs : 1)));
  }

  private void checkTables(int runs) {
    for (int i = 0; i < names.size(); i++) {
      if (goesToArray(i) && Csv.isTable(files.get(names.get(i)).path())) {
        Csv.requireTable(names.get(i), together(shapes.get(i), runs));
      }
    }
  }

  private boolean goesToArray(int output) {
    NamedPath file = files.get(names.get(output));
    return file != null && !file.isImages();
  }

  private static Shape together(Shape shape, int runs) {
    if (runs == 1) {
      return shape;
    }
    long[] dims = shape.rank() == 0 ? new long[] {1} : shape.toArray();
    dims[0] = Math.multiplyExact(dims[0], runs);
    return Shape.of(dims);
  }

  /** The outputs of all runs together, or of the last. */
  public List<Tensor> tensors() {
    return tensors.tensors();
  }

  /** The outputs of a run, to be filled; those that go to no array may be those of another run. */
  public Tensor[] ofRun(int run) {
    Tensor[] views = new Tensor[shapes.size()];
    for (int i = 0; i < views.length; i++) {
      Tensor all = tensors().get(i);
      long first = goesToArray(i) ? run * shapes.get(i).elementCount() : 0;
      views[i] = all.slice(first, shapes.get(i));
    }
    return views;
  }

  /** The files by output: one for each, by name or in their order, or an archive for the rest. */
  public static Map<String, NamedPath> files(Model model, List<String> arguments) {
    List<String> names = model.outputNames();
    Map<String, NamedPath> files = new LinkedHashMap<>();
    for (String argument : arguments) {
      NamedPath file = NamedPath.parse(argument, names, "output");
      file.requireWritable();
      List<String> free = names.stream().filter(name -> !files.containsKey(name)).toList();
      if (file.name().isEmpty() && free.isEmpty()) {
        throw new ShapeMismatchException(
            "The model has %d outputs (%s); more files are given."
                .formatted(names.size(), String.join(", ", names)));
      }
      if (file.name().isPresent() && !free.contains(file.name().get())) {
        throw new ShapeMismatchException("The output '" + file.name().get() + "' is given twice.");
      }
      if (!file.isArchive() && contains(files, file.path())) {
        throw new ShapeMismatchException("Two outputs cannot go to " + file.path() + ".");
      }
      boolean all = file.isArchive() && file.name().isEmpty();
      List<String> taken = all ? free : List.of(file.name().orElseGet(() -> free.get(0)));
      taken.forEach(name -> files.put(name, file));
    }
    return files;
  }

  private static boolean contains(Map<String, NamedPath> files, Path path) {
    return files.values().stream().anyMatch(file -> file.path().equals(path));
  }

  /** Writes the outputs that go to arrays. */
  public void write() {
    Map<Path, Map<String, Tensor>> archives = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      NamedPath file = files.get(names.get(i));
      if (!goesToArray(i)) {
        continue;
      }
      if (file.isArchive()) {
        archives
            .computeIfAbsent(file.path(), path -> new LinkedHashMap<>())
            .put(names.get(i), tensors().get(i));
      } else {
        ArrayFile.write(file.path(), names.get(i), tensors().get(i));
      }
    }
    archives.forEach(Npz::write);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
