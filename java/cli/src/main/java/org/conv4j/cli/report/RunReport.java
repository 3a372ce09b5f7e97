package org.conv4j.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.cli.data.ModelOutputs;
import org.conv4j.cli.data.NamedPath;
import org.conv4j.cli.measure.Latencies;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;

/** What the {@code run} command prints. */
public record RunReport(
    Path path,
    Model model,
    Plan plan,
    ModelOutputs results,
    Map<String, NamedPath> files,
    Classification classes,
    Latencies latencies) {
  public List<String> lines() {
    List<String> lines = new ArrayList<>(classes.lines());
    for (int i = 0; i < model.outputNames().size(); i++) {
      String name = model.outputNames().get(i);
      String target = files.containsKey(name) ? " -> " + files.get(name).path() : "";
      lines.add(name + ": " + results.tensors().get(i).shape() + target);
    }
    lines.add(plan.engine().name() + ", " + plan.dataType());
    if (latencies.runs() > 1) {
      lines.add(latencies.text());
    }
    return lines;
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
