package org.conv4j.bench.peers.pytorch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Floats;
import org.conv4j.bench.peers.Libc;
import org.conv4j.bench.peers.MavenVersion;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;

/**
 * PyTorch through bytedeco's presets, in inference mode with channels-last tensors. The input is a
 * view of our buffer; the output is a view of the tensor that the last run returned, because
 * PyTorch's convolutions cannot be given one to write to.
 */
public final class PyTorchPeer implements Peer {
  /** Creates the peer; {@link java.util.ServiceLoader} does so. */
  public PyTorchPeer() {}

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public String version() {
    return MavenVersion.of("org.bytedeco", "pytorch");
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads) {
    Libc.keepFreedMemory();
    List<PlainOp> ops = PlainOp.of(benchCase);
    List<PyTorchOp> torchOps = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      torchOps.add(new PyTorchOp(ops.get(i), constants.get(i)));
    }
    return new Run(ops, torchOps, threads);
  }

  private static final class Run implements PeerRun {
    private final List<PyTorchOp> ops;
    private final int threads;
    private final FloatBuffer input;
    private final FloatPointer inputPointer;
    private final org.bytedeco.pytorch.Tensor inputTensor;
    private org.bytedeco.pytorch.Tensor result;
    private Thread configured;

    Run(List<PlainOp> plain, List<PyTorchOp> ops, int threads) {
      this.ops = ops;
      this.threads = threads;
      PlainOp first = plain.get(0).atLeast2d();
      input = Floats.allocate(first.input());
      inputPointer = new FloatPointer(input);
      inputTensor = PyTorchOp.channelsLast(inputPointer, first.inputChannelsFirst());
    }

    @Override
    public FloatBuffer input() {
      return input;
    }

    @Override
    public FloatBuffer output() {
      long count = result.numel();
      return new FloatPointer(result.data_ptr()).capacity(count).asBuffer();
    }

    @Override
    public void run() {
      useThreads();
      close(result);
      result = null;
      InferenceMode mode = new InferenceMode();
      try {
        result = applyAll();
      } finally {
        mode.close();
      }
    }

    private org.bytedeco.pytorch.Tensor applyAll() {
      org.bytedeco.pytorch.Tensor value = inputTensor;
      for (PyTorchOp op : ops) {
        org.bytedeco.pytorch.Tensor next = op.apply(value);
        if (value != inputTensor) {
          value.close();
        }
        value = next;
      }
      return value;
    }

    /**
     * The number of OpenMP threads belongs to the thread that asks for them; OpenBLAS, which
     * multiplies the matrices of 1x1 and 3-D convolutions, has a pool of its own.
     */
    private void useThreads() {
      if (configured != Thread.currentThread()) {
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
        configured = Thread.currentThread();
      }
    }

    @Override
    public void close() {
      close(result);
      inputTensor.close();
      inputPointer.close();
      ops.forEach(PyTorchOp::close);
    }

    private static void close(org.bytedeco.pytorch.Tensor tensor) {
      if (tensor != null) {
        tensor.close();
      }
    }
  }
}
