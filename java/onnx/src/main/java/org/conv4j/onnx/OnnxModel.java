package org.conv4j.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.error.Conv4jException;
import org.conv4j.file.LayerSummary;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.ParameterCount;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.Node;
import org.conv4j.onnx.format.ModelFile;
import org.conv4j.onnx.format.OnnxFile;
import org.conv4j.onnx.importer.Imported;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/**
 * An ONNX model that was loaded from a file. Its weights stay in the file. If the file changes,
 * compiling ends with {@link org.conv4j.error.MalformedFileException}.
 */
public final class OnnxModel implements LoadedModel {
  /** Stand for extents that are open: what differs between the two depends on them. */
  private static final long[] PROBES = {192, 256};

  private final OnnxFile file;
  private final ModelFile parsed;
  private final Imported imported;

  OnnxModel(OnnxFile file, ModelFile parsed, Imported imported) {
    this.file = file;
    this.parsed = parsed;
    this.imported = imported;
  }

  @Override
  public String name() {
    return parsed.graph().name();
  }

  @Override
  public Model model() {
    return imported.model();
  }

  @Override
  public DataType dataType() {
    return imported.dataType();
  }

  @Override
  public List<LayerSummary> layers() {
    Model model = model();
    List<Shape> one = shapes(PROBES[0]);
    List<Shape> other = shapes(PROBES[1]);
    List<LayerSummary> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (InputSpec input : model.inputs()) {
      rows.add(
          new LayerSummary(
              input.name(),
              input.name(),
              "Input",
              0,
              List.of(),
              input.dims(),
              ParameterCount.NONE));
      names.add(input.name());
    }
    for (Node node : model.nodes()) {
      int value = names.size();
      List<String> inputs = new ArrayList<>();
      for (int input : node.inputs()) {
        inputs.add(names.get(input));
      }
      String name = node.layer().name();
      List<Long> output =
          one == null || other == null ? null : open(one.get(value), other.get(value));
      long count = node.weights().elementCount();
      rows.add(
          new LayerSummary(
              node.path(),
              name,
              node.layer().className(),
              0,
              inputs,
              output,
              new ParameterCount(count, 0)));
      names.add(name);
    }
    return rows;
  }

  private static List<Long> open(Shape one, Shape other) {
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < one.rank(); i++) {
      boolean same = other.rank() == one.rank() && other.dim(i) == one.dim(i);
      dims.add(same ? one.dim(i) : InputSpec.ANY);
    }
    return dims;
  }

  /** The shapes of all values for some extent where any will do, or null if it will not. */
  private List<Shape> shapes(long extent) {
    List<Shape> inputs = new ArrayList<>();
    for (InputSpec input : model().inputs()) {
      if (input.dims() == null) {
        return null;
      }
      inputs.add(input.withAny(extent));
    }
    try {
      return model().shapes(inputs);
    } catch (Conv4jException misfit) {
      return null;
    }
  }

  @Override
  public ParameterCount parameters() {
    Map<String, Long> counts = new LinkedHashMap<>();
    long total = 0;
    for (Node node : model().nodes()) {
      total += node.weights().elementCount();
    }
    counts.put("weights", total);
    return new ParameterCount(total, 0);
  }

  @Override
  public String format() {
    return "ONNX";
  }

  @Override
  public Optional<String> writer() {
    return parsed.producer().isEmpty() ? Optional.empty() : Optional.of(parsed.producer());
  }

  @Override
  public Map<String, String> metadata() {
    Map<String, String> texts = new LinkedHashMap<>(parsed.metadata());
    texts.put("ir_version", Long.toString(parsed.irVersion()));
    texts.put("opset", Integer.toString(parsed.opset()));
    return texts;
  }

  @Override
  public void close() {
    file.close();
  }
}
