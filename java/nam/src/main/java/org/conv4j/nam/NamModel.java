package org.conv4j.nam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.file.LayerSummary;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.ParameterCount;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.Node;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/** A model of an amplifier: one channel of sound in, one out. Its weights are in memory. */
final class NamModel implements LoadedModel {
  private final Model model;
  private final int weights;
  private final String version;
  private final Map<String, String> metadata;

  NamModel(Model model, int weights, String version, Map<String, String> metadata) {
    this.model = model;
    this.weights = weights;
    this.version = version;
    this.metadata = metadata;
  }

  @Override
  public String name() {
    return metadata.getOrDefault("name", "WaveNet");
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public DataType dataType() {
    return DataType.FLOAT32;
  }

  @Override
  public List<LayerSummary> layers() {
    List<Shape> shapes = model.shapes(List.of(Shape.of(1, 1, 1)));
    List<LayerSummary> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    InputSpec input = model.inputs().get(0);
    rows.add(row(input.name(), "Input", List.of(), shapes.get(0), 0));
    names.add(input.name());
    for (Node node : model.nodes()) {
      List<String> inputs = new ArrayList<>();
      for (int read : node.inputs()) {
        inputs.add(names.get(read));
      }
      Shape shape = shapes.get(names.size());
      names.add(node.path());
      rows.add(
          row(node.path(), node.layer().className(), inputs, shape, node.weights().elementCount()));
    }
    return rows;
  }

  private static LayerSummary row(
      String name, String type, List<String> inputs, Shape frame, long count) {
    List<Long> output = List.of(InputSpec.ANY, InputSpec.ANY, frame.dim(2));
    return new LayerSummary(name, name, type, 0, inputs, output, new ParameterCount(count, 0));
  }

  /** Returns how many weights the file has; the last layer's residual is among them. */
  @Override
  public ParameterCount parameters() {
    return new ParameterCount(weights, 0);
  }

  @Override
  public String format() {
    return "NAM";
  }

  @Override
  public Optional<String> writer() {
    return Optional.of("Neural Amp Modeler " + version);
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
