package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.cli.measure.MultiplyAdds;
import org.conv4j.cli.report.Json;
import org.conv4j.cli.report.Table;
import org.conv4j.file.LayerSummary;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.ParameterCount;
import org.conv4j.model.InputSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists a model's layers. */
@Command(
    name = "inspect",
    description = "List a model's layers, their output shapes, parameters and multiply-adds.",
    mixinStandardHelpOptions = true)
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private ModelArgument file;

  @Override
  public Integer call() {
    try (LoadedModel model = file.load()) {
      Map<String, Long> macs = MultiplyAdds.byLayer(model.model());
      PrintWriter out = spec.commandLine().getOut();
      if (common.json()) {
        out.println(Json.format(fields(model, macs)));
      } else {
        print(out, model, macs);
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, LoadedModel model, Map<String, Long> macs) {
    Table table =
        new Table("layer", "class", "output shape", ">parameters", ">MACs", "connected to");
    for (LayerSummary layer : model.layers()) {
      Long count = macs.get(layer.path());
      table.add(
          "  ".repeat(layer.depth()) + layer.name(),
          layer.className(),
          shape(layer),
          "%,d".formatted(layer.parameters().total()),
          count == null ? "" : "%,d".formatted(count),
          String.join(", ", layer.inputs()));
    }
    table.lines().forEach(out::println);
    ParameterCount parameters = model.parameters();
    out.printf(
        "%n%,d parameters (%,d trainable, %,d not)",
        parameters.total(), parameters.trainable(), parameters.nonTrainable());
    out.printf("%s%n", macs.isEmpty() ? "" : ", %,d multiply-adds".formatted(sum(macs)));
  }

  private Map<String, Object> fields(LoadedModel model, Map<String, Long> macs) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (LayerSummary layer : model.layers()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", layer.path());
      fields.put("class_name", layer.className());
      fields.put("output_shape", openAsNull(layer.output()));
      fields.put("parameters", layer.parameters().total());
      fields.put("macs", macs.get(layer.path()));
      fields.put("inputs", layer.inputs());
      layers.add(fields);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", file.path().toString());
    fields.put("format", model.format());
    fields.put("parameters", model.parameters().total());
    fields.put("trainable_parameters", model.parameters().trainable());
    fields.put("macs", macs.isEmpty() ? null : sum(macs));
    fields.put("layers", layers);
    return fields;
  }

  private static String shape(LayerSummary layer) {
    return layer.output() == null ? "?" : new InputSpec(layer.name(), layer.output()).format();
  }

  private static List<Long> openAsNull(List<Long> dims) {
    if (dims == null) {
      return null;
    }
    List<Long> written = new ArrayList<>();
    dims.forEach(dim -> written.add(dim == InputSpec.ANY ? null : dim));
    return written;
  }

  private static long sum(Map<String, Long> macs) {
    return macs.values().stream().mapToLong(Long::longValue).sum();
  }
}
