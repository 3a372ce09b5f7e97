package org.conv4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.conv4j.engine.Plan;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.model.Model;
import org.conv4j.npy.Npy;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** A model's outputs and the files that they go to. Owner of the tensors. */
final class ModelOutputs implements AutoCloseable {
  private final List<String> names;
  private final List<Tensor> tensors = new ArrayList<>();

  ModelOutputs(Model model, Plan plan) {
    names = model.outputNames();
    for (Shape shape : plan.outputShapes()) {
      tensors.add(Tensor.allocate(plan.dataType(), shape));
    }
  }

  Tensor[] tensors() {
    return tensors.toArray(Tensor[]::new);
  }

  /** The files by output: one for each, by name or in their order, or an archive for all. */
  static Map<String, NamedPath> files(Model model, List<String> arguments) {
    List<String> names = model.outputNames();
    Map<String, NamedPath> files = new LinkedHashMap<>();
    for (String argument : arguments) {
      NamedPath file = NamedPath.parse(argument, new LinkedHashSet<>(names));
      if (file.isArchive() && file.name().isEmpty()) {
        names.forEach(name -> files.putIfAbsent(name, file));
        continue;
      }
      String name =
          file.name()
              .or(() -> names.stream().filter(other -> !files.containsKey(other)).findFirst())
              .orElseThrow(
                  () ->
                      new ShapeMismatchException(
                          "The model has %d outputs (%s); more files are given."
                              .formatted(names.size(), String.join(", ", names))));
      files.put(name, file);
    }
    return files;
  }

  /** Writes the outputs that have a file. */
  void write(Map<String, NamedPath> files) {
    Map<Path, Map<String, Tensor>> archives = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      NamedPath file = files.get(names.get(i));
      if (file == null) {
        continue;
      }
      if (file.isArchive()) {
        archives
            .computeIfAbsent(file.path(), path -> new LinkedHashMap<>())
            .put(names.get(i), tensors.get(i));
      } else {
        Npy.write(file.path(), tensors.get(i));
      }
    }
    archives.forEach(Npz::write);
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
