package org.conv4j.onnxruntime.example;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.onnxruntime.OnnxTensors;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Classifies a handwritten digit: a session of ONNX Runtime scales the pixels, conv4j runs a Keras
 * model, another session finds the best class. Nothing is copied between them.
 */
public final class BetweenTwoSessions {
  private static final Shape IMAGE = Shape.of(1, 8, 8, 1);

  private BetweenTwoSessions() {}

  /**
   * Prints the class of a digit that looks like a 1.
   *
   * @param arguments the Keras model
   * @throws Exception if it cannot be read or run
   */
  public static void main(String[] arguments) throws Exception {
    System.out.println("class " + classify(Path.of(arguments[0])));
  }

  /** Returns the class that the model finds. */
  public static long classify(Path model) throws Exception {
    OrtEnvironment ort = OrtEnvironment.getEnvironment();
    try (OrtSession scale = session(ort, "scale.onnx");
        OrtSession best = session(ort, "best.onnx");
        LoadedModel loaded = Models.load(model);
        Plan plan =
            loaded
                .model()
                .compile(
                    IMAGE, DataType.FLOAT32, Engines.byName("onednn"), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor pixels = one();
        Tensor image = Tensor.allocate(DataType.FLOAT32, plan.inputShape());
        Tensor scores = Tensor.allocate(DataType.FLOAT32, plan.outputShape());
        OnnxTensor from = OnnxTensors.of(ort, pixels);
        OnnxTensor scaled = OnnxTensors.of(ort, image);
        OnnxTensor answer = OnnxTensors.of(ort, scores)) {
      scale.run(Map.of("pixels", from), Map.of("image", scaled)).close();
      session.run(image, scores);
      try (OrtSession.Result found = best.run(Map.of("scores", answer))) {
        return ((long[]) found.get(0).getValue())[0];
      }
    }
  }

  /** Two columns of full brightness. */
  private static Tensor one() {
    Tensor pixels = Tensor.allocate(DataType.FLOAT32, IMAGE);
    for (int row = 0; row < 8; row++) {
      pixels.write(row * 8 + 3, new float[] {255, 255}, 0, 2);
    }
    return pixels;
  }

  private static OrtSession session(OrtEnvironment ort, String model) throws Exception {
    try (InputStream file = OnnxTensors.class.getResourceAsStream(model)) {
      return ort.createSession(file.readAllBytes());
    }
  }
}
