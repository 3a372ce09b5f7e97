package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.conv4j.cli.data.ArrayFile;
import org.conv4j.cli.data.NamedPath;
import org.conv4j.cli.data.TensorSet;
import org.conv4j.cli.measure.Implementations;
import org.conv4j.cli.report.Json;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.keras.KerasLayer;
import org.conv4j.keras.KerasLayers;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.npy.Npz;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one Keras layer on arrays in files. */
@Command(
    name = "layer",
    description = "Run one Keras layer on arrays.",
    mixinStandardHelpOptions = true)
public final class LayerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "LAYER.json",
      description = "The layer, as keras.layers.serialize writes it.")
  private Path layer;

  @Option(
      names = "--weights",
      paramLabel = "W.npz",
      description =
          "Its weights under Keras's variable names, such as kernel and bias; none if it has none.")
  private Path weights;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "X.npy",
      description =
          "The input. For a layer with several, repeat the option in their order, or give an .npz"
              + " that holds them in their order.")
  private List<Path> inputs;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "Y.npy",
      description = "Where the output goes, an .npy or .csv file; an old file is replaced.")
  private Path output;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "float32 or float64; by default the layer's own.")
  private DataType dataType;

  @Override
  public Integer call() {
    if (!NamedPath.of(output).isArray()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--output is an .npy or .csv file, of one array; given " + output + ".");
    }
    KerasLayer keras = KerasLayers.read(layer);
    DataType type = dataType == null ? keras.dataType() : dataType;
    Engine engine = common.engine(type);
    try (TensorSet arrays = new TensorSet(weights == null ? Map.of() : Npz.read(weights));
        TensorSet x = readInputs(type)) {
      List<Tensor> given = List.copyOf(x.tensors().values());
      Model model = model(keras, keras.weights(arrays.tensors()), given.size());
      List<Shape> shapes = given.stream().map(Tensor::shape).toList();
      // One run gains nothing from an algorithm that is faster but rounds in another way.
      CompileOptions options = common.compileOptions().withExact(true);
      try (Plan plan = model.compile(shapes, type, engine, options);
          Session session = plan.newSession();
          Tensor y = Tensor.allocate(type, plan.outputShape())) {
        session.run(given.toArray(Tensor[]::new), new Tensor[] {y});
        ArrayFile.write(output, keras.layer().name(), y);
        print(keras, plan);
      }
    }
    return 0;
  }

  /** The inputs in their order, each converted to a type. */
  private TensorSet readInputs(DataType type) {
    Map<String, Tensor> converted = new LinkedHashMap<>();
    try {
      for (Path path : inputs) {
        boolean archive = path.toString().endsWith(".npz");
        try (TensorSet file =
            new TensorSet(archive ? Npz.read(path) : Map.of("input", ArrayFile.read(path)))) {
          for (Tensor tensor : file.tensors().values()) {
            converted.put("input" + converted.size(), tensor.copyAs(type));
          }
        }
      }
      return new TensorSet(converted);
    } catch (RuntimeException | Error failure) {
      converted.values().forEach(Tensor::close);
      throw failure;
    }
  }

  private static Model model(KerasLayer keras, Weights weights, int inputCount) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor[] arguments = new SymbolicTensor[inputCount];
    for (int i = 0; i < inputCount; i++) {
      arguments[i] = builder.input(InputSpec.any("input" + i));
    }
    return builder.build(builder.apply(keras.layer(), weights, arguments));
  }

  private void print(KerasLayer keras, Plan plan) {
    PrintWriter out = spec.commandLine().getOut();
    String implementation = Implementations.of(plan);
    if (!common.json()) {
      out.printf(
          "%s: %s -> %s, %s, %s: %s%n",
          keras.layer().name(),
          plan.inputShapes().stream().map(Shape::toString).collect(Collectors.joining(", ")),
          plan.outputShape(),
          plan.dataType(),
          plan.engine().name(),
          implementation);
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("layer", keras.layer().name());
    List<long[]> shapes = plan.inputShapes().stream().map(Shape::toArray).toList();
    if (shapes.size() == 1) {
      fields.put("input_shape", shapes.get(0));
    } else {
      fields.put("input_shapes", shapes);
    }
    fields.put("output_shape", plan.outputShape().toArray());
    fields.put("dtype", plan.dataType().toString());
    fields.put("engine", plan.engine().name());
    fields.put("implementation", implementation);
    fields.put("output", output.toString());
    out.println(Json.format(fields));
  }
}
