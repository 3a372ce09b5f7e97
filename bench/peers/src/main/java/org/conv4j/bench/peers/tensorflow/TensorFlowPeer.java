package org.conv4j.bench.peers.tensorflow;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Libc;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * TensorFlow Java: a graph of constants and one session. The input is written into TensorFlow's own
 * tensor; the output is a view of the tensor that the last run fetched, because a session cannot be
 * given one to write to.
 */
public final class TensorFlowPeer implements Peer {
  /** A negative number keeps an op on the thread that runs the session: no hand-over. */
  static final int CALLING_THREAD = -1;

  /** Creates the peer, for which only errors are written to the console. */
  public TensorFlowPeer() {
    Libc.setEnvironment("TF_CPP_MIN_LOG_LEVEL", "2");
  }

  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public String version() {
    return TensorFlow.version();
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads) {
    Libc.keepFreedMemory();
    List<PlainOp> ops = PlainOp.of(benchCase);
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> input =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(ops.get(0).atLeast2d().input())));
    Operand<TFloat32> value = input;
    for (int i = 0; i < ops.size(); i++) {
      value = TensorFlowOps.convolution(tf, ops.get(i).atLeast2d(), constants.get(i), value);
    }
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(CALLING_THREAD)
            .build();
    return new Run(graph, new Session(graph, config), input, value);
  }

  private static final class Run implements PeerRun {
    private final Graph graph;
    private final Session session;
    private final Operand<TFloat32> inputOperand;
    private final Operand<TFloat32> outputOperand;
    private final TFloat32 inputTensor;
    private Result result;

    Run(Graph graph, Session session, Operand<TFloat32> input, Operand<TFloat32> output) {
      this.graph = graph;
      this.session = session;
      inputOperand = input;
      outputOperand = output;
      inputTensor = TFloat32.tensorOf(input.shape());
    }

    @Override
    public FloatBuffer input() {
      return view(inputTensor);
    }

    @Override
    public FloatBuffer output() {
      return view((TFloat32) result.get(0));
    }

    @Override
    public void run() {
      if (result != null) {
        result.close();
      }
      result = session.runner().feed(inputOperand, inputTensor).fetch(outputOperand).run();
    }

    @Override
    public void close() {
      if (result != null) {
        result.close();
      }
      inputTensor.close();
      session.close();
      graph.close();
    }
  }

  static FloatBuffer view(TFloat32 tensor) {
    return tensor.asRawTensor().data().accept(new View());
  }

  /** Makes a direct buffer of the address where a tensor's elements are. */
  private static final class View implements DataStorageVisitor<FloatBuffer> {
    @Override
    public FloatBuffer visit(long address, long length, long scale) {
      return new Elements(address, length / Float.BYTES).asBuffer();
    }

    @Override
    public FloatBuffer fallback() {
      throw new IllegalStateException("TensorFlow's tensor is not in native memory");
    }
  }

  private static final class Elements extends FloatPointer {
    Elements(long address, long length) {
      this.address = address;
      limit(length);
      capacity(length);
    }
  }
}
