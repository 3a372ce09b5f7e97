package org.conv4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** DJL's own translator gives the same probabilities with this engine as with ONNX Runtime's. */
class ClassificationTest {
  @Test
  void nobodysDefaultChanges() {
    assertThat(Engine.getDefaultEngineName()).isEqualTo("PyTorch");
    assertThat(Engine.getEngine("Conv4j").getRank())
        .isGreaterThan(Engine.getEngine("OnnxRuntime").getRank());
  }

  @Test
  void singlesAndBatchesEqualThoseOfOnnxRuntime() throws Exception {
    List<Image> images = Djl.images(8);
    try (ZooModel<Image, Classifications> ours = Djl.classifier("Conv4j").build().loadModel();
        ZooModel<Image, Classifications> theirs =
            Djl.classifier("OnnxRuntime").build().loadModel();
        Predictor<Image, Classifications> predictor = ours.newPredictor();
        Predictor<Image, Classifications> other = theirs.newPredictor()) {
      List<Classifications> batch = predictor.batchPredict(images);
      List<Classifications> expected = other.batchPredict(images);
      for (int i = 0; i < images.size(); i++) {
        double[] probabilities = Djl.probabilities(expected.get(i));
        assertThat(Djl.probabilities(batch.get(i))).containsExactly(probabilities, within(1e-6));
        assertThat(Djl.predict(ours, images.get(i))).containsExactly(probabilities, within(1e-6));
      }
    }
  }

  @Test
  void predictorsOnManyThreadsShareTheModel() throws Exception {
    List<Image> images = Djl.images(20);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ZooModel<Image, Classifications> model =
        Djl.classifier("Conv4j").optOption("mode", "throughput").build().loadModel()) {
      List<double[]> expected = all(model, images);
      Callable<List<double[]>> work =
          () -> {
            List<double[]> results = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
              results.addAll(all(model, images));
            }
            return results;
          };
      for (Future<List<double[]>> results : threads.invokeAll(List.of(work, work, work, work))) {
        List<double[]> given = results.get();
        assertThat(given).hasSize(200);
        for (int i = 0; i < given.size(); i++) {
          assertThat(given.get(i)).containsExactly(expected.get(i % images.size()));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<double[]> all(ZooModel<Image, Classifications> model, List<Image> images)
      throws Exception {
    List<double[]> results = new ArrayList<>();
    try (Predictor<Image, Classifications> predictor = model.newPredictor()) {
      for (Image image : images) {
        results.add(Djl.probabilities(predictor.predict(image)));
      }
    }
    return results;
  }
}
