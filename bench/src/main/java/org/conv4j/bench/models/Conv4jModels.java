package org.conv4j.bench.models;

import java.nio.FloatBuffer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** conv4j with its native engine: the {@code .keras} file, compiled for one shape. */
final class Conv4jModels implements ModelPeer {
  static final String NAME = "conv4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "oneDNN " + OneDnn.version();
  }

  @Override
  public String libraries() {
    return "javacpp|dnnl|opencl|jackson-[a-z]";
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
                    Engines.byName(OneDnnEngine.NAME),
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
