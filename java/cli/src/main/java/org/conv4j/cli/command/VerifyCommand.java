package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.cli.data.ModelInputs;
import org.conv4j.cli.measure.Traces;
import org.conv4j.cli.measure.ValueError;
import org.conv4j.cli.report.ExitCode;
import org.conv4j.cli.report.Json;
import org.conv4j.cli.report.Table;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares an engine with the reference, layer by layer. */
@Command(
    name = VerifyCommand.NAME,
    description = {
      "Compare what an engine makes of a model with the reference, layer by layer.",
      "Errors are relative to the largest output of a layer; exit code 1 if one exceeds the limit."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  public static final String NAME = "verify";

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private ModelArgument file;

  @Option(
      names = "--input",
      paramLabel = "[NAME=]X.npy",
      description = "An input; by default random numbers.")
  private List<String> inputs = List.of();

  @Option(
      names = "--input-shape",
      paramLabel = "[NAME=]N,N,...",
      description = "The shape of a random input, batch included.")
  private List<String> shapes = List.of();

  @Option(
      names = "--limit",
      paramLabel = "E",
      defaultValue = "1e-4",
      description = "The largest error that passes; by default ${DEFAULT-VALUE}.")
  private double limit;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "float32 or float64; by default the model's own.")
  private DataType dataType;

  @Override
  public Integer call() {
    if (!(limit >= 0)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--limit must be at least 0; given " + limit + ".");
    }
    if (!inputs.isEmpty() && !shapes.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--input-shape is for random inputs; --input has its own shape.");
    }
    try (LoadedModel loaded = file.load()) {
      Model model = loaded.model();
      DataType type = dataType == null ? loaded.dataType() : dataType;
      Engine engine = common.engine(type);
      List<ValueError> errors;
      try (ModelInputs given = given(model, type)) {
        given.notes().forEach(note -> spec.commandLine().getErr().println("conv4j: " + note));
        errors = compare(model, engine, type, given);
      }
      return print(errors);
    }
  }

  private ModelInputs given(Model model, DataType type) {
    if (!inputs.isEmpty()) {
      return ModelInputs.read(model, inputs, type);
    }
    List<Shape> random = ShapeArguments.shapes(model, shapes);
    return ModelInputs.random(random, type);
  }

  /** Every layer on its own, then the whole model as it is optimised. */
  private List<ValueError> compare(Model model, Engine engine, DataType type, ModelInputs given) {
    CompileOptions options = common.compileOptions();
    Engine reference = Engines.byName("reference");
    Model traced = model.withEveryNodeAsOutput();
    try (Traces expected = Traces.unoptimized(traced, reference, type, options, given);
        Traces actual = Traces.unoptimized(traced, engine, type, options, given);
        Traces optimized = Traces.optimized(model, engine, type, options, given)) {
      List<ValueError> errors = new ArrayList<>();
      for (int i = 0; i < traced.outputNames().size(); i++) {
        errors.add(
            ValueError.of(traced.outputNames().get(i), actual.tensor(i), expected.tensor(i)));
      }
      for (int i = 0; i < model.outputNames().size(); i++) {
        int value = model.outputValues().get(i) - model.inputs().size();
        if (value >= 0) {
          errors.add(
              ValueError.of(
                  "optimised: " + model.outputNames().get(i),
                  optimized.tensor(i),
                  expected.tensor(value)));
        }
      }
      return errors;
    }
  }

  private int print(List<ValueError> errors) {
    PrintWriter out = spec.commandLine().getOut();
    ValueError first =
        errors.stream().filter(error -> !(error.relative() <= limit)).findFirst().orElse(null);
    if (common.json()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("model", file.path().toString());
      fields.put("limit", limit);
      fields.put("first_that_differs", first == null ? null : first.name());
      fields.put("layers", errors);
      out.println(Json.format(fields));
    } else {
      Table table = new Table("layer", "shape", ">max absolute", ">max relative");
      for (ValueError error : errors) {
        table.add(
            error.name(),
            error.shape(),
            "%.2e".formatted(error.absolute()),
            "%.2e".formatted(error.relative()));
      }
      table.lines().forEach(out::println);
      out.println(
          first == null
              ? "%nEvery layer is within %.0e.".formatted(limit)
              : "%nThe first that differs by more than %.0e is %s.".formatted(limit, first.name()));
    }
    return first == null ? 0 : ExitCode.CHECK_FAILED;
  }
}
