package org.conv4j.bench.peers.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.List;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Libc;
import org.conv4j.bench.peers.PlainOp;
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
    return new OnnxRuntimeRun(
        environment,
        options,
        session,
        ops.get(0).inputChannelsFirst(),
        ops.get(ops.size() - 1).outputChannelsFirst());
  }
}
