package org.conv4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.error.SimilarNames;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;

/** Input shapes given as text: {@code [NAME=]1,224,224,3}, in the model's order if not named. */
final class ShapeArguments {
  private ShapeArguments() {}

  /** The shapes of all inputs; those not given have a batch of one and must have no open extent. */
  static List<Shape> shapes(Model model, List<String> arguments) {
    Map<String, Shape> given = new LinkedHashMap<>();
    List<String> names = model.inputs().stream().map(InputSpec::name).toList();
    for (String argument : arguments) {
      int equals = argument.lastIndexOf('=');
      String name = equals >= 0 ? argument.substring(0, equals) : nextFree(names, given.keySet());
      if (!names.contains(name)) {
        throw new ShapeMismatchException(
            "The model has the inputs %s; given '%s'.%s"
                .formatted(String.join(", ", names), name, SimilarNames.question(name, names)));
      }
      if (given.put(name, parse(argument.substring(equals + 1))) != null) {
        throw new ShapeMismatchException("The shape of input '%s' is given twice.".formatted(name));
      }
    }
    List<Shape> shapes = new ArrayList<>();
    for (InputSpec input : model.inputs()) {
      shapes.add(given.containsKey(input.name()) ? given.get(input.name()) : usual(input));
    }
    return shapes;
  }

  private static String nextFree(List<String> names, Set<String> taken) {
    return names.stream()
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ShapeMismatchException(
                    "The model has %d inputs (%s); more shapes are given."
                        .formatted(names.size(), String.join(", ", names))));
  }

  private static Shape usual(InputSpec input) {
    if (input.dims() == null
        || input.dims().subList(1, input.dims().size()).contains(InputSpec.ANY)) {
      throw new ShapeMismatchException(
          "The shape of input '%s' is %s: say with --input-shape which one to take."
              .formatted(input.name(), input.format()));
    }
    return input.withAny(1);
  }

  private static Shape parse(String text) {
    String[] parts = text.replaceAll("[()\\s]", "").split(",", -1);
    long[] dims = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        dims[i] = Long.parseLong(parts[i]);
      } catch (NumberFormatException notANumber) {
        throw new ShapeMismatchException(
            "A shape is numbers separated by commas, for example 1,224,224,3; given '"
                + text
                + "'.",
            notANumber);
      }
    }
    return Shape.ofElements(dims);
  }
}
