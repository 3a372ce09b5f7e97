package org.conv4j.bench.peers.tensorflow;

import java.nio.FloatBuffer;
import org.conv4j.bench.models.ModelFiles;
import org.conv4j.bench.models.ModelPeer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.peers.Libc;
import org.conv4j.shape.Shape;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;

/** TensorFlow Java with a SavedModel; input and output as in {@link TensorFlowPeer}. */
public final class TensorFlowModels implements ModelPeer {
  private static final String TAG = "serve";
  private static final String SIGNATURE = "serving_default";

  /** Creates the peer, for which only errors are written to the console. */
  public TensorFlowModels() {
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
  public String libraries() {
    return "tensorflow|ndarray|javacpp|protobuf";
  }

  @Override
  public PeerRun load(ModelFiles files, Shape input, Shape output, int threads) {
    Libc.keepFreedMemory();
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(TensorFlowPeer.CALLING_THREAD)
            .build();
    SavedModelBundle bundle =
        SavedModelBundle.loader(files.savedModel().toString())
            .withTags(TAG)
            .withConfigProto(config)
            .load();
    return new Run(bundle, input);
  }

  private static final class Run implements PeerRun {
    private final SavedModelBundle bundle;
    private final Session session;
    private final String inputName;
    private final String outputName;
    private final TFloat32 inputTensor;
    private Result result;

    Run(SavedModelBundle bundle, Shape input) {
      this.bundle = bundle;
      session = bundle.session();
      SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow(SIGNATURE);
      inputName = signature.getInputsMap().values().iterator().next().getName();
      outputName = signature.getOutputsMap().values().iterator().next().getName();
      inputTensor = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(input.toArray()));
    }

    @Override
    public FloatBuffer input() {
      return TensorFlowPeer.view(inputTensor);
    }

    @Override
    public FloatBuffer output() {
      return TensorFlowPeer.view((TFloat32) result.get(0));
    }

    @Override
    public void run() {
      if (result != null) {
        result.close();
      }
      result = session.runner().feed(inputName, inputTensor).fetch(outputName).run();
    }

    @Override
    public void close() {
      if (result != null) {
        result.close();
      }
      inputTensor.close();
      bundle.close();
    }
  }
}
