package org.conv4j.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Map;
import org.conv4j.bench.models.ModelFiles;
import org.conv4j.bench.models.ModelPeer;
import org.conv4j.shape.Shape;

/** ONNX Runtime, CPU provider, every graph optimisation, both tensors created once and pinned. */
public final class OnnxRuntimeModels implements ModelPeer {
  /** Creates the peer; {@link OnnxRuntimePeer} says why it sets a variable. */
  public OnnxRuntimeModels() {
    Libc.setEnvironment("ORT_DISABLE_TELEMETRY", "1");
  }

  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public String libraries() {
    return "onnxruntime";
  }

  @Override
  public PeerRun load(ModelFiles files, Shape input, Shape output, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    OrtSession session = environment.createSession(files.onnx().toString(), options);
    return new Run(environment, options, session, input.toArray(), output.toArray());
  }

  private static final class Run implements PeerRun {
    private final SessionOptions options;
    private final OrtSession session;
    private final FloatBuffer input;
    private final FloatBuffer output;
    private final OnnxTensor inputTensor;
    private final OnnxTensor outputTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    Run(
        OrtEnvironment environment,
        SessionOptions options,
        OrtSession session,
        long[] inputShape,
        long[] outputShape)
        throws OrtException {
      this.options = options;
      this.session = session;
      input = Floats.allocate(inputShape);
      output = Floats.allocate(outputShape);
      inputTensor = OnnxTensor.createTensor(environment, input, inputShape);
      outputTensor = OnnxTensor.createTensor(environment, output, outputShape);
      inputs = Map.of(session.getInputNames().iterator().next(), inputTensor);
      outputs = Map.of(session.getOutputNames().iterator().next(), outputTensor);
    }

    @Override
    public FloatBuffer input() {
      return input;
    }

    @Override
    public FloatBuffer output() {
      return output;
    }

    @Override
    public void run() throws OrtException {
      session.run(inputs, outputs).close();
    }

    @Override
    public void close() {
      inputTensor.close();
      outputTensor.close();
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
      options.close();
    }
  }
}
