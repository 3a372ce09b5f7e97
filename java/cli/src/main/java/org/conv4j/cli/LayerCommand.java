package org.conv4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Plan;
import org.conv4j.engine.Session;
import org.conv4j.keras.KerasLayer;
import org.conv4j.keras.KerasLayers;
import org.conv4j.model.Model;
import org.conv4j.npy.Npy;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one Keras layer on arrays in files. */
@Command(
    name = "layer",
    description = "Run one Keras layer on a NumPy array.",
    mixinStandardHelpOptions = true)
final class LayerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "LAYER.json",
      description = "The layer, as keras.layers.serialize writes it.")
  private Path layer;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "W.npz",
      description = "Its weights under Keras's variable names, such as kernel and bias.")
  private Path weights;

  @Option(names = "--input", required = true, paramLabel = "X.npy", description = "The input.")
  private Path input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "Y.npy",
      description = "Where the output goes; an old file is replaced.")
  private Path output;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      converter = DataTypeConverter.class,
      description = "float32 or float64; by default the layer's own.")
  private DataType dataType;

  @Override
  public Integer call() {
    KerasLayer keras = KerasLayers.read(layer);
    DataType type = dataType == null ? keras.dataType() : dataType;
    Engine engine = common.engine(type);
    try (TensorSet arrays = new TensorSet(Npz.read(weights));
        Tensor given = Npy.read(input);
        Tensor x = given.copyAs(type)) {
      Model model = Model.of(keras.layer(), keras.weights(arrays.tensors()));
      // One run gains nothing from an algorithm that is faster but rounds in another way.
      CompileOptions options = common.compileOptions().withExact(true);
      try (Plan plan = model.compile(x.shape(), type, engine, options);
          Session session = plan.newSession();
          Tensor y = Tensor.allocate(type, plan.outputShape())) {
        session.run(x, y);
        Npy.write(output, y);
        print(keras, plan);
      }
    }
    return 0;
  }

  private void print(KerasLayer keras, Plan plan) {
    PrintWriter out = spec.commandLine().getOut();
    String implementation = Implementations.of(plan);
    if (!common.json()) {
      out.printf(
          "%s: %s -> %s, %s, %s: %s%n",
          keras.layer().name(),
          plan.inputShape(),
          plan.outputShape(),
          plan.dataType(),
          plan.engine().name(),
          implementation);
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("layer", keras.layer().name());
    fields.put("input_shape", plan.inputShape().toArray());
    fields.put("output_shape", plan.outputShape().toArray());
    fields.put("dtype", plan.dataType().toString());
    fields.put("engine", plan.engine().name());
    fields.put("implementation", implementation);
    fields.put("output", output.toString());
    out.println(Json.format(fields));
  }
}
