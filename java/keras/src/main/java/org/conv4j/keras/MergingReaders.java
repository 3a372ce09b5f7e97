package org.conv4j.keras;

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
final class MergingReaders {
  private MergingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add("Add", (config, name) -> new Add(name));
    classes.add("Subtract", (config, name) -> new Subtract(name));
    classes.add("Multiply", (config, name) -> new Multiply(name));
    classes.add("Average", (config, name) -> new Average(name));
    classes.add("Maximum", (config, name) -> new Maximum(name));
    classes.add("Minimum", (config, name) -> new Minimum(name));
    classes.add("Concatenate", (config, name) -> new Concatenate(name, config.number("axis", -1)));
    classes.add("Dot", MergingReaders::dot);
  }

  private static Layer dot(Config config, String name) {
    IntTuple axes = config.axes("axes", null);
    if (axes == null) {
      throw config.invalid("axes", "one axis or two", "none");
    }
    return new Dot(name, axes, config.flag("normalize", false));
  }
}
