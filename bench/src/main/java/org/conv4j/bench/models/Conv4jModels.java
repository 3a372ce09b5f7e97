package org.conv4j.bench.models;

import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.portable.JavaEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * conv4j: the {@code .keras} file, compiled for one shape.
 *
 * @param name the name among the subjects
 * @param engine the engine's name
 */
record Conv4jModels(String name, String engine) implements ModelPeer {
  /** With the native engine. */
  static final String NAME = "conv4j";

  /** With the engine of plain Java. */
  static final String JAVA = "conv4j-java";

  static Stream<ModelPeer> all() {
    return Stream.of(
        new Conv4jModels(NAME, OneDnnEngine.NAME), new Conv4jModels(JAVA, JavaEngine.NAME));
  }

  @Override
  public String version() {
    return engine.equals(OneDnnEngine.NAME) ? "oneDNN " + OneDnn.version() : engine;
  }

  @Override
  public String libraries() {
    return engine.equals(OneDnnEngine.NAME) ? "javacpp|dnnl|opencl|jackson-[a-z]" : "jackson-[a-z]";
  }

  @Override
  public PeerRun load(ModelFiles files, Shape input, Shape output, int threads) {
    Engines.prepare();
    try (KerasModel loaded = KerasModels.load(files.keras());
        Plan plan =
            loaded
                .model()
                .compile(
                    input,
                    DataType.FLOAT32,
                    Engines.byName(engine),
                    CompileOptions.DEFAULT.withThreads(threads))) {
      return new Run(plan.newSession(), input, output);
    }
  }

  private static final class Run implements PeerRun {
    private final Session session;
    private final Tensor[] inputs;
    private final Tensor[] outputs;

    Run(Session session, Shape input, Shape output) {
      this.session = session;
      inputs = new Tensor[] {Tensor.allocate(DataType.FLOAT32, input)};
      outputs = new Tensor[] {Tensor.allocate(DataType.FLOAT32, output)};
    }

    @Override
    public FloatBuffer input() {
      return inputs[0].asFloatBuffer();
    }

    @Override
    public FloatBuffer output() {
      return outputs[0].asFloatBuffer();
    }

    @Override
    public void run() {
      session.run(inputs, outputs);
    }

    @Override
    public void close() {
      session.close();
      inputs[0].close();
      outputs[0].close();
    }
  }
}
