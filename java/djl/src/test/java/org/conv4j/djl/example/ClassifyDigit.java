package org.conv4j.djl.example;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;

/** Classifies a handwritten digit with a Keras model, through DJL's own interfaces. */
public final class ClassifyDigit {
  private ClassifyDigit() {}

  /**
   * Prints the most probable classes.
   *
   * @param arguments the model and the image
   * @throws Exception if either cannot be read
   */
  public static void main(String[] arguments) throws Exception {
    Criteria<Image, Classifications> criteria =
        Criteria.builder()
            .setTypes(Image.class, Classifications.class)
            .optEngine("Conv4j")
            .optModelPath(Path.of(arguments[0]))
            .optTranslator(
                ImageClassificationTranslator.builder()
                    .optFlag(Image.Flag.GRAYSCALE)
                    .addTransform(new ToTensor())
                    .optSynset(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
                    .build())
            .build();
    Image image = ImageFactory.getInstance().fromFile(Path.of(arguments[1]));
    try (ZooModel<Image, Classifications> model = criteria.loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      System.out.println(predictor.predict(image));
    }
  }
}
