package org.conv4j.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.conv4j.cli.data.ModelOutputs;
import org.conv4j.cli.data.NamedPath;
import org.conv4j.cli.measure.Latencies;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.tensor.Tensor;

/** What the {@code run} command prints. */
public record RunReport(
    Path path,
    Model model,
    Plan plan,
    ModelOutputs results,
    Map<String, NamedPath> files,
    Classification classes,
    Latencies latencies,
    boolean showsValues) {
  private static final int MOST_VALUES = 10;

  public List<String> lines() {
    List<String> lines = new ArrayList<>(classes.lines());
    for (int i = 0; i < model.outputNames().size(); i++) {
      String name = model.outputNames().get(i);
      String target = files.containsKey(name) ? " -> " + files.get(name).path() : "";
      Tensor output = results.tensors().get(i);
      lines.add(name + ": " + output.shape() + target);
      if (showsValues && target.isEmpty()) {
        lines.add(values(output));
      }
    }
    lines.add(plan.engine().name() + ", " + plan.dataType());
    if (latencies.runs() > 1) {
      lines.add(latencies.text());
    }
    return lines;
  }

  /** The first numbers, for a look; {@code --output} keeps all. */
  private static String values(Tensor output) {
    StringBuilder line = new StringBuilder(" ");
    double[] values = output.toDoubleArray();
    for (int i = 0; i < Math.min(values.length, MOST_VALUES); i++) {
      line.append(String.format(Locale.ROOT, " %.6g", values[i]));
    }
    return values.length > MOST_VALUES ? line.append(" ...").toString() : line.toString();
  }

  public Map<String, Object> fields() {
    List<Map<String, Object>> outputs = new ArrayList<>();
    for (int i = 0; i < model.outputNames().size(); i++) {
      String name = model.outputNames().get(i);
      Map<String, Object> output = new LinkedHashMap<>();
      output.put("name", name);
      output.put("shape", results.tensors().get(i).shape().toArray());
      output.put("file", files.containsKey(name) ? files.get(name).path().toString() : null);
      outputs.add(output);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", path.toString());
    fields.put("engine", plan.engine().name());
    fields.put("dtype", plan.dataType().toString());
    fields.put("outputs", outputs);
    if (!classes.isEmpty()) {
      fields.put("images", classes.fields());
    }
    fields.put("runs", latencies.runs());
    fields.put("microseconds", latencies.fields());
    return fields;
  }
}
