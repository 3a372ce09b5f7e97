package org.conv4j.bench.peers.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.MavenVersion;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J with its oneDNN helpers: channels-last arrays, every output allocated once. */
public final class Nd4jPeer implements Peer {
  /** Creates the peer; {@link java.util.ServiceLoader} does so. */
  public Nd4jPeer() {}

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public String version() {
    return MavenVersion.of("org.nd4j", "nd4j-native");
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads) {
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    List<PlainOp> ops = PlainOp.of(benchCase).stream().map(PlainOp::atLeast2d).toList();
    return new Run(ops, constants, threads);
  }

  private static final class Run implements PeerRun {
    private final int threads;
    private final INDArray input;
    private final INDArray output;
    private final List<Nd4jCall> calls = new ArrayList<>();
    private Thread configured;

    Run(List<PlainOp> ops, List<List<Tensor>> constants, int threads) {
      this.threads = threads;
      useThreads();
      input = Nd4j.create(DataType.FLOAT, ops.get(0).input());
      INDArray value = input;
      for (int i = 0; i < ops.size(); i++) {
        value = Nd4jOps.convolution(ops.get(i), constants.get(i), value, calls);
      }
      output = value;
    }

    @Override
    public FloatBuffer input() {
      return input.data().asNioFloat();
    }

    @Override
    public FloatBuffer output() {
      return output.data().asNioFloat();
    }

    @Override
    public void run() {
      useThreads();
      for (Nd4jCall call : calls) {
        call.run();
      }
    }

    /** The number of OpenMP threads belongs to the thread that asks for them. */
    private void useThreads() {
      if (configured != Thread.currentThread()) {
        Nd4j.getEnvironment().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        Nd4j.factory().blas().setMaxThreads(threads);
        configured = Thread.currentThread();
      }
    }

    @Override
    public void close() {
      calls.forEach(Nd4jCall::close);
      input.close();
      output.close();
    }
  }
}
