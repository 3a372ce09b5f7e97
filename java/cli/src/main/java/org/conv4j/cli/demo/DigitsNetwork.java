package org.conv4j.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.conv4j.cli.data.TensorSet;
import org.conv4j.error.MalformedFileException;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.model.Model;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The network of the demo and the images it has never seen: handwritten digits of 8 x 8 pixels,
 * from the test set of {@code train_digits.py}. Owns its tensors; closing it closes them.
 */
public final class DigitsNetwork implements AutoCloseable {
  private static final String NETWORK = "digits.keras";
  private static final String TEST_SET = "digits-test.npz";

  private final LoadedModel network;
  private final TensorSet testSet;

  private DigitsNetwork(LoadedModel network, TensorSet testSet) {
    this.network = network;
    this.testSet = testSet;
  }

  public static DigitsNetwork load() {
    TensorSet testSet = new TensorSet(Npz.read(resource(TEST_SET), TEST_SET));
    return new DigitsNetwork(Models.load(resource(NETWORK), NETWORK), testSet);
  }

  Model model() {
    return network.model();
  }

  /** The number of images. */
  int count() {
    return array("labels").shape().intDim(0);
  }

  /** The shape of one image, with a batch of 1. */
  Shape imageShape() {
    long[] dims = array("images").shape().toArray();
    dims[0] = 1;
    return Shape.of(dims);
  }

  /** The digit that each image shows. */
  public int[] labels() {
    double[] values = array("labels").toDoubleArray();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i];
    }
    return labels;
  }

  /** Every image, with pixels from 0 (paper) to 1 (ink); the caller closes them. */
  public List<Tensor> images() {
    float[] pixels = array("images").toFloatArray();
    int size = (int) imageShape().elementCount();
    Tensor[] images = new Tensor[count()];
    for (int i = 0; i < images.length; i++) {
      images[i] = Tensor.allocate(DataType.FLOAT32, imageShape());
      float[] own = new float[size];
      for (int j = 0; j < size; j++) {
        own[j] = pixels[i * size + j] / 16;
      }
      images[i].copyFrom(own);
    }
    return List.of(images);
  }

  /** What Keras itself answers, ten probabilities for each image. */
  public float[] kerasProbabilities() {
    return array("keras_probabilities").toFloatArray();
  }

  private Tensor array(String name) {
    Tensor array = testSet.tensors().get(name);
    if (array == null) {
      throw new MalformedFileException(TEST_SET + " holds no array '" + name + "'.");
    }
    return array;
  }

  private static byte[] resource(String name) {
    try (InputStream stream = DigitsNetwork.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new MalformedFileException("The jar lacks " + name + ".");
      }
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new MalformedFileException("The jar's " + name + " cannot be read.", failure);
    }
  }

  @Override
  public void close() {
    network.close();
    testSet.close();
  }
}
