package org.conv4j.onnx.ocr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.model.Predictor;
import org.conv4j.onnx.OnnxModel;
import org.conv4j.onnx.OnnxModels;
import org.conv4j.tensor.Tensor;

/** Reads the lines of text in an image by PaddleOCR's networks: one finds them, one reads each. */
final class TextReader implements AutoCloseable {
  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};
  private static final double[] HALF = {0.5, 0.5, 0.5};

  /** Widths and heights that the first network takes are multiples of this. */
  private static final int MULTIPLE = 32;

  /** The height of a line that the second network takes. */
  private static final int LINE = 48;

  private final OnnxModel detection;
  private final OnnxModel recognition;
  private final Predictor detector;
  private final Predictor recognizer;
  private final List<String> letters;

  /**
   * Loads the networks.
   *
   * @param folder where they are
   * @param version of PaddleOCR's networks, for example {@code v4}
   */
  TextReader(Path folder, String version) throws IOException {
    detection = OnnxModels.load(folder.resolve("ch_PP-OCR" + version + "_det_infer.onnx"));
    recognition = OnnxModels.load(folder.resolve("ch_PP-OCR" + version + "_rec_infer.onnx"));
    detector = predictor(detection);
    recognizer = predictor(recognition);
    letters = Files.readAllLines(folder.resolve("ppocr_keys_v1.txt"));
  }

  private static Predictor predictor(OnnxModel network) {
    return new Predictor(
        network.model(),
        network.dataType(),
        Engines.best(network.dataType()),
        CompileOptions.DEFAULT);
  }

  /** The lines from top to bottom. */
  List<String> read(GrayImage image) {
    GrayImage fitting = image.resize(multiple(image.height()), multiple(image.width()));
    List<Box> boxes;
    try (Tensor input = fitting.toTensor(MEAN, DEVIATION);
        Tensor probabilities = detector.predict(input)) {
      boxes = Box.find(probabilities.toDoubleArray(), fitting.width());
    }
    List<String> lines = new ArrayList<>();
    for (Box box : boxes) {
      GrayImage line = fitting.crop(box);
      GrayImage scaled = line.resize(LINE, Math.max(LINE, line.width() * LINE / line.height()));
      try (Tensor input = scaled.toTensor(HALF, HALF);
          Tensor output = recognizer.predict(input)) {
        lines.add(decode(output.toDoubleArray(), output.shape().intDim(2)));
      }
    }
    return lines;
  }

  private static int multiple(int extent) {
    return Math.max(1, Math.round((float) extent / MULTIPLE)) * MULTIPLE;
  }

  /**
   * The likeliest letter at each place, without repetitions and blanks: connectionist temporal
   * classification. Class 0 is the blank, the one behind the letters is a space.
   */
  private String decode(double[] probabilities, int classes) {
    StringBuilder text = new StringBuilder();
    int before = 0;
    for (int place = 0; place < probabilities.length / classes; place++) {
      int best = 0;
      for (int i = 1; i < classes; i++) {
        if (probabilities[place * classes + i] > probabilities[place * classes + best]) {
          best = i;
        }
      }
      if (best != 0 && best != before) {
        text.append(best <= letters.size() ? letters.get(best - 1) : " ");
      }
      before = best;
    }
    return text.toString();
  }

  @Override
  public void close() {
    detector.close();
    recognizer.close();
    detection.close();
    recognition.close();
  }
}
