package org.conv4j.tensorflow.example;

import java.nio.file.Path;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensorflow.TensorFlowTensors;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Classifies a handwritten digit: TensorFlow scales the pixels, conv4j runs a Keras model,
 * TensorFlow finds the best class. Nothing is copied between them.
 */
public final class BetweenTwoGraphs {
  private static final Shape IMAGE = Shape.of(1, 8, 8, 1);

  private BetweenTwoGraphs() {}

  /**
   * Prints the class of a digit that looks like a 1.
   *
   * @param arguments the Keras model
   */
  public static void main(String[] arguments) {
    System.out.println("class " + classify(Path.of(arguments[0])));
  }

  /** Returns the class that the model finds. */
  public static long classify(Path model) {
    try (EagerSession eager = EagerSession.create();
        LoadedModel loaded = Models.load(model);
        Plan plan =
            loaded
                .model()
                .compile(
                    IMAGE, DataType.FLOAT32, Engines.byName("onednn"), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        TFloat32 pixels = one();
        TFloat32 scores =
            (TFloat32) TensorFlowTensors.allocate(DataType.FLOAT32, plan.outputShape())) {
      Ops tf = Ops.create(eager);
      Operand<TFloat32> scaled = tf.math.div(tf.constantOf(pixels), tf.constant(255f));
      try (Tensor image = TensorFlowTensors.view(scaled.asTensor());
          Tensor result = TensorFlowTensors.view(scores)) {
        session.run(image, result);
      }
      Operand<TInt64> best = tf.math.argMax(tf.constantOf(scores), tf.constant(1));
      return best.asTensor().getLong(0);
    }
  }

  /** Two columns of full brightness. */
  private static TFloat32 one() {
    TFloat32 pixels = (TFloat32) TensorFlowTensors.allocate(DataType.FLOAT32, IMAGE);
    try (Tensor view = TensorFlowTensors.view(pixels)) {
      view.copyFrom(new float[64]);
      for (int row = 0; row < 8; row++) {
        view.write(row * 8 + 3, new float[] {255, 255}, 0, 2);
      }
    }
    return pixels;
  }
}
