package org.conv4j.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;

/** ONNX Runtime, CPU provider: one session, both tensors created once and pinned. */
public final class OnnxRuntimePeer implements Peer {
  /**
   * Creates the peer; {@link java.util.ServiceLoader} does so. ONNX Runtime 1.29 reports usage to
   * its maker unless told not to, and while preparing that crashes on command lines of 4000
   * characters, which any class path of this module has.
   */
  public OnnxRuntimePeer() {
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
  public boolean channelsFirst() {
    return true;
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads)
      throws OrtException {
    List<PlainOp> ops = PlainOp.of(benchCase);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    OrtSession session = environment.createSession(OnnxModel.bytes(ops, constants), options);
    return new Run(environment, options, session, ops);
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

    Run(OrtEnvironment environment, SessionOptions options, OrtSession session, List<PlainOp> ops)
        throws OrtException {
      this.options = options;
      this.session = session;
      long[] inputShape = ops.get(0).inputChannelsFirst();
      long[] outputShape = ops.get(ops.size() - 1).outputChannelsFirst();
      input = Floats.allocate(inputShape);
      output = Floats.allocate(outputShape);
      inputTensor = OnnxTensor.createTensor(environment, input, inputShape);
      outputTensor = OnnxTensor.createTensor(environment, output, outputShape);
      inputs = Map.of(OnnxModel.INPUT, inputTensor);
      outputs = Map.of(OnnxModel.OUTPUT, outputTensor);
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
