package org.conv4j.bench.peers.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Map;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Floats;

/** Runs of one session of ONNX Runtime, on direct buffers that are bound once. */
final class OnnxRuntimeRun implements PeerRun {
  private final SessionOptions options;
  private final OrtSession session;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final OnnxTensor inputTensor;
  private final OnnxTensor outputTensor;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  /** Takes ownership of the options and the session, which has one input and one output. */
  OnnxRuntimeRun(
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
