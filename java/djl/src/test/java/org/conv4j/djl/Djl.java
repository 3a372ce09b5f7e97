package org.conv4j.djl;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.Normalize;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.Translator;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Models and images as users of DJL load them. */
final class Djl {
  static final List<String> CLASSES = List.of("ant", "bee", "cat", "dog", "emu");

  private Djl() {}

  static Path file(String name) {
    try {
      return Path.of(Djl.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The small network with its Keras file for this engine, and its ONNX file for another. */
  static Criteria.Builder<Image, Classifications> classifier(String engine) {
    return Criteria.builder()
        .setTypes(Image.class, Classifications.class)
        .optEngine(engine)
        .optModelPath(file(engine.equals("Conv4j") ? "small.keras" : "small.onnx"))
        .optTranslator(translator());
  }

  private static Translator<Image, Classifications> translator() {
    return ImageClassificationTranslator.builder()
        .setImageSize(32, 24)
        .addTransform(new Resize(32, 24))
        .addTransform(new ToTensor())
        .addTransform(
            new Normalize(
                new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}))
        .optSynset(CLASSES)
        .optApplySoftmax(true)
        .build();
  }

  static Criteria.Builder<NDList, NDList> arrays(String file) {
    return Criteria.builder()
        .setTypes(NDList.class, NDList.class)
        .optEngine("Conv4j")
        .optModelPath(file(file))
        .optTranslator(new NoopTranslator());
  }

  static List<Image> images(int count) {
    return IntStream.range(0, count).mapToObj(Djl::image).toList();
  }

  static Image image(int seed) {
    Random random = new Random(seed);
    BufferedImage pixels = new BufferedImage(41, 37, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < pixels.getHeight(); y++) {
      for (int x = 0; x < pixels.getWidth(); x++) {
        pixels.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return ImageFactory.getInstance().fromImage(pixels);
  }

  /** The probabilities, by class. */
  static double[] predict(ZooModel<Image, Classifications> model, Image image) throws Exception {
    try (Predictor<Image, Classifications> predictor = model.newPredictor()) {
      return probabilities(predictor.predict(image));
    }
  }

  static double[] probabilities(Classifications classes) {
    return CLASSES.stream().mapToDouble(name -> classes.get(name).getProbability()).toArray();
  }
}
