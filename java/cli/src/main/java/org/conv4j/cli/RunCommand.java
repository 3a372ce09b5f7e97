package org.conv4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Plan;
import org.conv4j.engine.Session;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a whole model on arrays in files. */
@Command(
    name = "run",
    description = "Run a Keras model on NumPy arrays.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "MODEL",
      description = "A .keras or .h5 file, or the model.json of a TensorFlow.js layers-model.")
  private Path path;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "[NAME=]X.npy",
      description = {
        "An input; once for each, in the model's order if they are not named.",
        "An .npz file may hold all of them under their names."
      })
  private List<String> inputs;

  @Option(
      names = "--output",
      paramLabel = "[NAME=]Y.npy",
      description = "Where an output goes; an .npz file may take all of them.")
  private List<String> outputs = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Run N times and print percentiles of the time that a run takes.")
  private int repeat;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      converter = DataTypeConverter.class,
      description = "float32 or float64; by default the model's own.")
  private DataType dataType;

  @Override
  public Integer call() {
    if (repeat < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--repeat must be at least 1; given " + repeat + ".");
    }
    try (KerasModel keras = KerasModels.load(path)) {
      Model model = keras.model();
      DataType type = dataType == null ? keras.dataType() : dataType;
      Engine engine = common.engine(type);
      Map<String, NamedPath> files = ModelOutputs.files(model, outputs);
      try (ModelInputs given = ModelInputs.read(model, inputs, type);
          Plan plan = model.compile(given.shapes(), type, engine, common.compileOptions());
          Session session = plan.newSession();
          ModelOutputs results = new ModelOutputs(model, plan)) {
        long[] nanoseconds = new long[repeat];
        for (int i = 0; i < repeat; i++) {
          long start = System.nanoTime();
          session.run(given.tensors(), results.tensors());
          nanoseconds[i] = System.nanoTime() - start;
        }
        results.write(files);
        print(model, plan, files, new Latencies(nanoseconds));
      }
    }
    return 0;
  }

  private void print(Model model, Plan plan, Map<String, NamedPath> files, Latencies latencies) {
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < model.outputNames().size(); i++) {
      String name = model.outputNames().get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", name);
      row.put("shape", plan.outputShapes().get(i).toArray());
      row.put("file", files.containsKey(name) ? files.get(name).path().toString() : null);
      rows.add(row);
      if (!common.json()) {
        out.printf(
            "%s: %s%s%n",
            name,
            plan.outputShapes().get(i),
            files.containsKey(name) ? " -> " + files.get(name).path() : "");
      }
    }
    if (!common.json()) {
      out.printf("%s, %s%n", plan.engine().name(), plan.dataType());
      if (repeat > 1) {
        out.println(latencies.text());
      }
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", path.toString());
    fields.put("engine", plan.engine().name());
    fields.put("dtype", plan.dataType().toString());
    fields.put("outputs", rows);
    fields.put("runs", repeat);
    fields.put("microseconds", latencies.fields());
    out.println(Json.format(fields));
  }
}
