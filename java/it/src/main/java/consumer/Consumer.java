package consumer;

import java.nio.file.Path;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.model.Predictor;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Runs a Keras model on oneDNN's engine; fails if there is no such engine or no such reader. */
public final class Consumer {
  private Consumer() {}

  /**
   * Runs a model of (1, 8, 8, 1) whose outputs are probabilities.
   *
   * @param args the model's file
   */
  public static void main(String[] args) {
    Engine engine = Engines.byName("onednn");
    try (LoadedModel loaded = Models.load(Path.of(args[0]));
        Predictor predictor =
            new Predictor(loaded.model(), DataType.FLOAT32, engine, CompileOptions.DEFAULT);
        Tensor image = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 8, 8, 1));
        Tensor scores = predictor.predict(image)) {
      double sum = 0;
      for (float score : scores.toFloatArray()) {
        sum += score;
      }
      String version = Engines.class.getPackage().getImplementationVersion();
      // On the module path a package has no manifest.
      if (version == null && !Engines.class.getModule().isNamed()) {
        throw new IllegalStateException("conv4j-core does not tell its version.");
      }
      if (Math.abs(sum - 1) > 1e-5) {
        throw new IllegalStateException("The probabilities sum to " + sum + ".");
      }
      System.out.println(
          "conv4j on Java "
              + Runtime.version().feature()
              + (Engines.class.getModule().isNamed() ? ", module path" : ", class path")
              + ": right");
    }
  }
}
