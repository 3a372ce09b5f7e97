package org.conv4j.bench.peers.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import org.conv4j.bench.models.ModelFiles;
import org.conv4j.bench.models.ModelPeer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Libc;
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
    return new OnnxRuntimeRun(environment, options, session, input.toArray(), output.toArray());
  }
}
