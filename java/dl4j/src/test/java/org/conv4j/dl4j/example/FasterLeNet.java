package org.conv4j.dl4j.example;

import org.conv4j.dl4j.Dl4jModel;
import org.conv4j.dl4j.Dl4jModels;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Lets conv4j answer for a network of Deeplearning4j, and compares what both say. */
public final class FasterLeNet {
  private FasterLeNet() {}

  /**
   * Compares.
   *
   * @return the largest difference between the probabilities of 64 images
   */
  public static double difference() {
    MultiLayerNetwork network = Zoo.leNet(DataType.FLOAT, CNN2DFormat.NCHW);
    INDArray images = Nd4j.rand(DataType.FLOAT, 64, 1, 28, 28);
    try (Dl4jModel fast = Dl4jModels.from(network)) {
      INDArray ours = fast.output(images);
      INDArray theirs = network.output(images);
      System.out.println("conv4j:         " + ours.getRow(0));
      System.out.println("Deeplearning4j: " + theirs.getRow(0));
      return ours.sub(theirs).amaxNumber().doubleValue();
    }
  }

  /**
   * Prints the first image's probabilities and the largest difference.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    System.out.println("largest difference: " + difference());
  }
}
