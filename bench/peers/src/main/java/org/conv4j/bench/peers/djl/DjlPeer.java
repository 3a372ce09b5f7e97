package org.conv4j.bench.peers.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Floats;
import org.conv4j.bench.peers.Libc;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;

/**
 * PyTorch through DJL, with arrays that are channels-last in memory. The input is a view of our
 * buffer; the output is the memory of the array that the last run returned.
 */
public final class DjlPeer implements Peer {
  private static final String ENGINE = "PyTorch";

  /** Creates the peer; {@link java.util.ServiceLoader} does so. */
  public DjlPeer() {
    System.setProperty("ai.djl.offline", "true");
  }

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public String version() {
    return Engine.getDjlVersion() + " with PyTorch " + Engine.getEngine(ENGINE).getVersion();
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads) {
    Libc.keepFreedMemory();
    return new Run(PlainOp.of(benchCase), constants, threads);
  }

  private static final class Run implements PeerRun {
    private final int threads;
    private final NDManager manager = NDManager.newBaseManager(ENGINE);
    private final List<DjlOp> ops = new ArrayList<>();
    private final ByteBuffer input;
    private final NDArray inputArray;
    private NDArray result;
    private Thread configured;

    Run(List<PlainOp> plain, List<List<Tensor>> constants, int threads) {
      this.threads = threads;
      for (int i = 0; i < plain.size(); i++) {
        ops.add(new DjlOp(manager, plain.get(i).atLeast2d(), constants.get(i)));
      }
      Shape shape = new Shape(plain.get(0).atLeast2d().input());
      input = Floats.allocateBytes(shape.getShape());
      inputArray = DjlOp.channelsFirst(manager.create(input, shape, DataType.FLOAT32));
    }

    @Override
    public FloatBuffer input() {
      return input.asFloatBuffer();
    }

    @Override
    public FloatBuffer output() {
      NDArray stored = DjlOp.channelsLast(result);
      return stored.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void run() {
      useThreads();
      if (result != null) {
        result.close();
        result = null;
      }
      NDArray value = inputArray;
      for (DjlOp op : ops) {
        NDArray next = op.apply(value);
        if (value != inputArray) {
          value.close();
        }
        value = next;
      }
      result = value;
    }

    /** The number of OpenMP threads belongs to the thread that asks for them. */
    private void useThreads() {
      if (configured != Thread.currentThread()) {
        JniUtils.setNumThreads(threads);
        configured = Thread.currentThread();
      }
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
