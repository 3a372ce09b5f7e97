package org.conv4j.nam;

import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** A file's flat list of weights, from which layer after layer takes its own. */
final class NamWeights {
  private final String source;
  private final float[] numbers;
  private int next;

  NamWeights(JsonNode list, String source) {
    this.source = source;
    numbers = new float[list.size()];
    int at = 0;
    for (JsonNode number : list) {
      if (!number.isNumber()) {
        throw new MalformedFileException(
            "%s: weight %d is no number but %s.".formatted(source, at, number));
      }
      numbers[at++] = (float) number.doubleValue();
    }
  }

  int count() {
    return numbers.length;
  }

  float[] take(long count) {
    if (count > numbers.length - next) {
      throw new MalformedFileException(
          "%s: the network has more weights than the %d of the file."
              .formatted(source, numbers.length));
    }
    float[] taken = new float[(int) count];
    System.arraycopy(numbers, next, taken, 0, taken.length);
    next += taken.length;
    return taken;
  }

  /** A convolution's kernel; the file has it as filters, channels, taps. */
  float[] kernel(int filters, int channels, int taps) {
    return take((long) filters * channels * taps);
  }

  void requireEnd() {
    if (next != numbers.length) {
      throw new MalformedFileException(
          "%s: the network has %d weights; the file %d.".formatted(source, next, numbers.length));
    }
  }

  /** Some filters of a kernel, as Keras has them: taps, channels, filters. */
  static Tensor kernel(float[] all, int filters, int channels, int taps, int first, int count) {
    float[] kernel = new float[taps * channels * count];
    for (int filter = 0; filter < count; filter++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int tap = 0; tap < taps; tap++) {
          kernel[(tap * channels + channel) * count + filter] =
              all[((first + filter) * channels + channel) * taps + tap];
        }
      }
    }
    return Tensor.of(Shape.of(taps, channels, count), kernel);
  }
}
