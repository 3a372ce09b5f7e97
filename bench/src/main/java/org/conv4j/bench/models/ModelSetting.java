package org.conv4j.bench.models;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.conv4j.shape.Shape;

/**
 * What is compared: a network, how many examples it is given at once, and on how many threads.
 *
 * @param files the network
 * @param input the input's shape, batch included
 * @param output the output's shape, batch included
 * @param threads the number of threads
 */
record ModelSetting(ModelFiles files, Shape input, Shape output, int threads) {
  String inputShape() {
    return text(input);
  }

  String outputShape() {
    return text(output);
  }

  int batch() {
    return input.intDim(0);
  }

  private static String text(Shape shape) {
    return Arrays.stream(shape.toArray()).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }
}
