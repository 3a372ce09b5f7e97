package org.conv4j.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A model's inputs of one run, from files or at random, in the model's order. */
public final class ModelInputs implements Feed {
  private final TensorList tensors;
  private final List<String> notes;

  private ModelInputs(TensorList tensors, List<String> notes) {
    this.tensors = tensors;
    this.notes = notes;
  }

  /**
   * Reads files: one for each input, by name or in their order, or an archive of named arrays. An
   * array that lacks the batch, by what the model says about the input, is a batch of one.
   */
  public static ModelInputs read(Model model, List<String> arguments, DataType dataType) {
    List<String> names = model.inputs().stream().map(InputSpec::name).toList();
    Map<String, Tensor> given = new LinkedHashMap<>();
    try {
      for (String argument : arguments) {
        NamedPath file = NamedPath.parse(argument, names, "input");
        if (file.isArchive() && file.name().isEmpty()) {
          putAll(given, Npz.read(file.path()));
        } else {
          String name = file.name().orElseGet(() -> nextFree(names, given.keySet()));
          putAll(given, Map.of(name, ArrayFile.read(file.path())));
        }
      }
      List<String> notes = new ArrayList<>();
      return new ModelInputs(inOrder(model, names, given, dataType, notes), notes);
    } finally {
      given.values().forEach(Tensor::close);
    }
  }

  /** The file of the first argument. */
  public static Path first(Model model, List<String> arguments) {
    List<String> names = model.inputs().stream().map(InputSpec::name).toList();
    return NamedPath.parse(arguments.get(0), names, "input").path();
  }

  /** Random numbers of the given shapes, the same ones each time. */
  public static ModelInputs random(List<Shape> shapes, DataType dataType) {
    RandomTensors random = new RandomTensors("inputs", dataType);
    return new ModelInputs(TensorList.of(shapes, random::next), List.of());
  }

  public Tensor[] tensors() {
    return tensors.toArray();
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public List<Shape> shapes() {
    return tensors.tensors().stream().map(Tensor::shape).toList();
  }

  @Override
  public Tensor[] tensors(int run) {
    return tensors();
  }

  @Override
  public String name(int run) {
    return "the arrays";
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    tensors.close();
  }

  private static void putAll(Map<String, Tensor> given, Map<String, Tensor> archive) {
    for (String name : archive.keySet()) {
      if (given.containsKey(name)) {
        archive.values().forEach(Tensor::close);
        throw new ShapeMismatchException("The input '" + name + "' is given twice.");
      }
    }
    given.putAll(archive);
  }

  private static String nextFree(List<String> names, Set<String> taken) {
    return names.stream()
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ShapeMismatchException(
                    "The model has %d inputs (%s); more are given."
                        .formatted(names.size(), String.join(", ", names))));
  }

  private static TensorList inOrder(
      Model model,
      List<String> names,
      Map<String, Tensor> given,
      DataType dataType,
      List<String> notes) {
    if (!given.keySet().equals(new LinkedHashSet<>(names))) {
      throw new ShapeMismatchException(
          "The model has the inputs %s; given %s."
              .formatted(String.join(", ", names), String.join(", ", given.keySet())));
    }
    return TensorList.of(
        model.inputs(),
        input -> {
          Tensor tensor = given.get(input.name());
          Shape shape = tensor.shape();
          if (!lacksBatch(input, shape)) {
            return tensor.copyAs(dataType);
          }
          Shape batch = batchOf(shape);
          notes.add(
              "the input '%s' of the shape %s is taken as a batch of 1: %s."
                  .formatted(input.name(), shape, batch));
          return tensor.reshape(batch).copyAs(dataType);
        });
  }

  /** Whether a shape is what the model wants but for the first dimension. */
  private static boolean lacksBatch(InputSpec input, Shape shape) {
    if (input.dims() == null || shape.rank() != input.dims().size() - 1) {
      return false;
    }
    try {
      input.check(batchOf(shape));
      return true;
    } catch (ShapeMismatchException other) {
      return false;
    }
  }

  private static Shape batchOf(Shape shape) {
    long[] dims = new long[shape.rank() + 1];
    dims[0] = 1;
    System.arraycopy(shape.toArray(), 0, dims, 1, shape.rank());
    return Shape.ofElements(dims);
  }
}
