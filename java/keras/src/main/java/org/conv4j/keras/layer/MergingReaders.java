package org.conv4j.keras.layer;

import org.conv4j.layer.Layer;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Average;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.merging.Dot;
import org.conv4j.layer.merging.Maximum;
import org.conv4j.layer.merging.Minimum;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.layer.merging.Subtract;
import org.conv4j.shape.IntTuple;

/** Reads Keras's layers that make one value of several. */
final class MergingReaders implements ClassReader {
  private MergingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(
        new MergingReaders(),
        "Add",
        "Subtract",
        "Multiply",
        "Average",
        "Maximum",
        "Minimum",
        "Concatenate",
        "Dot");
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "Add" -> new Add(name);
      case "Subtract" -> new Subtract(name);
      case "Multiply" -> new Multiply(name);
      case "Average" -> new Average(name);
      case "Maximum" -> new Maximum(name);
      case "Minimum" -> new Minimum(name);
      case "Concatenate" -> new Concatenate(name, config.number("axis", -1));
      case "Dot" -> dot(config, name);
      default -> throw new AssertionError(className);
    };
  }

  private static Layer dot(Config config, String name) {
    IntTuple axes = config.axes("axes", null);
    if (axes == null) {
      throw config.invalid("axes", "one axis or two", "none");
    }
    return new Dot(name, axes, config.flag("normalize", false));
  }
}
