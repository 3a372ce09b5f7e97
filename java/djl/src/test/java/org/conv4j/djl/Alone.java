package org.conv4j.djl;

import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Run in a JVM without another engine: classifies one image again and again. */
final class Alone {
  private Alone() {}

  public static void main(String[] arguments) throws Exception {
    int predictions = Integer.parseInt(arguments[0]);
    System.out.println("engines " + Engine.getAllEngines());
    Image image = Djl.image(1);
    try (ZooModel<Image, Classifications> model =
            Djl.classifier("Conv4j").optOption("threads", "1").build().loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      long before = 0;
      for (int i = 0; i < predictions; i++) {
        predictor.predict(image);
        if (i == predictions / 5) {
          before = residentKilobytes();
        }
      }
      System.out.println("grown by " + (residentKilobytes() - before) / 1024 + " MB");
      System.out.println(
          "probabilities " + Arrays.toString(Djl.probabilities(predictor.predict(image))));
    }
    try (var manager = Engine.getEngine("Conv4j").newBaseManager()) {
      manager.create(1f).sin();
    } catch (UnsupportedOperationException missing) {
      System.out.println(missing.getMessage());
    }
  }

  private static long residentKilobytes() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("The operating system does not say how much memory is used.");
  }
}
