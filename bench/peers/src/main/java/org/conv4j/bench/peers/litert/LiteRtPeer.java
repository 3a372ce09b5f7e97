package org.conv4j.bench.peers.litert;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Floats;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;

/**
 * LiteRT (TensorFlow Lite) with XNNPACK, which only this resolver brings along: the C API leaves it
 * out without a word. Input and output are the interpreter's own tensors.
 */
public final class LiteRtPeer implements Peer {
  /** Creates the peer; {@link java.util.ServiceLoader} does so. */
  public LiteRtPeer() {}

  @Override
  public String name() {
    return "litert";
  }

  @Override
  public String version() {
    return tensorflowlite.TfLiteVersion().getString();
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads) {
    List<PlainOp> ops = PlainOp.of(benchCase).stream().map(PlainOp::atLeast2d).toList();
    return new Run(TfLiteOps.model(ops, constants), threads);
  }

  private static final class Run implements PeerRun {
    private final BytePointer bytes;
    private final FlatBufferModel model;
    private final BuiltinOpResolverWithXNNPACK resolver;
    private final Interpreter interpreter = new Interpreter((org.bytedeco.javacpp.Pointer) null);
    private final FloatBuffer input;
    private final FloatBuffer output;

    Run(byte[] modelBytes, int threads) {
      bytes = new BytePointer(copy(modelBytes));
      model = FlatBufferModel.BuildFromBuffer(bytes, modelBytes.length);
      resolver = new BuiltinOpResolverWithXNNPACK();
      try (InterpreterBuilder builder = new InterpreterBuilder(model, resolver)) {
        require("SetNumThreads", builder.SetNumThreads(threads));
        require("InterpreterBuilder", builder.apply(interpreter));
      }
      require("AllocateTensors", interpreter.AllocateTensors());
      input = interpreter.typed_input_tensor_float(0).capacity(count(true)).asBuffer();
      output = interpreter.typed_output_tensor_float(0).capacity(count(false)).asBuffer();
    }

    private long count(boolean ofInput) {
      var tensor = ofInput ? interpreter.input_tensor(0) : interpreter.output_tensor(0);
      return tensor.bytes() / Float.BYTES;
    }

    private static ByteBuffer copy(byte[] modelBytes) {
      return Floats.allocateBytes((modelBytes.length + Float.BYTES - 1) / Float.BYTES)
          .put(0, modelBytes);
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
    public void run() {
      require("Invoke", interpreter.Invoke());
    }

    private static void require(String call, int status) {
      if (status != tensorflowlite.kTfLiteOk) {
        throw new IllegalStateException(
            call + " returned TfLiteStatus " + status + "; LiteRT wrote why to standard error");
      }
    }

    @Override
    public void close() {
      interpreter.close();
      resolver.close();
      model.close();
      bytes.close();
    }
  }
}
