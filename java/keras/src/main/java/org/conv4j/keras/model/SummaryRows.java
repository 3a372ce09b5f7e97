package org.conv4j.keras.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.file.LayerSummary;
import org.conv4j.file.ParameterCount;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;

/** Lists layers as Keras's summary does: those of a nested model follow it wherever it stands. */
public final class SummaryRows {
  private final ShapeInference shapes;
  private final Budget nodes;
  private final List<LayerSummary> rows = new ArrayList<>();
  private final Map<ModelPart, ParameterCount> ofModels = new IdentityHashMap<>();

  public SummaryRows(String source, ShapeInference shapes, Limits limits) {
    this.shapes = shapes;
    this.nodes = limits.budget(Limit.NODES, source);
  }

  public List<LayerSummary> of(ModelPart model) {
    add(model, 0);
    return rows;
  }

  /** Recursive; the reader of the configuration bounds how deep models are nested. */
  private void add(ModelPart model, int depth) {
    Map<String, List<Long>> given = new HashMap<>();
    for (ModelConfig.Input input : model.config().inputs()) {
      given.put(input.layer(), input.spec().dims());
    }
    for (Part part : model.parts()) {
      nodes.spend(1);
      Set<String> inputs = new LinkedHashSet<>();
      for (LayerCall call : part.calls()) {
        for (TensorRef tensor : call.tensors()) {
          inputs.add(tensor.layer());
        }
      }
      rows.add(
          new LayerSummary(
              part.path(),
              part.name(),
              part.config().className(),
              depth,
              List.copyOf(inputs),
              given.containsKey(part.name()) ? given.get(part.name()) : shapes.output(part),
              parameters(part)));
      if (part instanceof Part.Nested nested) {
        add(nested.model(), depth + 1);
      }
    }
  }

  private ParameterCount parameters(Part part) {
    return part instanceof Part.Nested nested
        ? ofModels.computeIfAbsent(nested.model(), model -> Leaf.parameters(model.leaves()))
        : Leaf.parameters(part.leaves());
  }
}
