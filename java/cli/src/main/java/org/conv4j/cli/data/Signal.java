package org.conv4j.cli.data;

import java.nio.file.Path;
import java.util.Locale;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.wav.SampleFormat;
import org.conv4j.wav.Wav;

/**
 * A signal in an array or a sound file.
 *
 * @param samples frame by frame
 * @param elements how many of them a frame has
 * @param sampleRate frames for a second
 * @param format how a sound file holds them
 */
public record Signal(float[] samples, int elements, int sampleRate, SampleFormat format) {
  private static boolean isSound(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".wav");
  }

  /** Whether a file has the name of one that a signal can be written to. */
  public static boolean isWritable(Path path) {
    return isSound(path) || NamedPath.of(path).isArray();
  }

  /**
   * Reads a signal.
   *
   * @param path a WAV file, or an array of the shape of a frame with frames before it, and perhaps
   *     a batch of 1
   * @param frame the shape of one frame in a batch of 1
   * @param sampleRate the sample rate of arrays, which do not have one
   */
  public static Signal read(Path path, Shape frame, int sampleRate) {
    int elements = Math.toIntExact(frame.elementCount());
    if (isSound(path)) {
      Wav wav = Wav.read(path);
      if (wav.channels() != elements) {
        throw new ShapeMismatchException(
            "The model's frames have %d elements; %s has %d channels."
                .formatted(elements, path, wav.channels()));
      }
      return new Signal(wav.samples(), elements, wav.sampleRate(), wav.format());
    }
    try (Tensor tensor = ArrayFile.read(path)) {
      Shape shape = tensor.shape();
      int time = shape.rank() == frame.rank() ? 1 : 0;
      boolean fits = shape.rank() >= frame.rank() - 1 && (time == 0 || shape.dim(0) == 1);
      for (int i = 2; fits && i < frame.rank(); i++) {
        fits = shape.rank() == frame.rank() - 1 + time && shape.dim(i - 1 + time) == frame.dim(i);
      }
      if (!fits) {
        throw new ShapeMismatchException(
            "The signal must have the shape %s, with any number of frames, or that without the batch; %s has %s."
                .formatted(frame, path, shape));
      }
      return new Signal(tensor.toFloatArray(), elements, sampleRate, SampleFormat.FLOAT32);
    }
  }

  public int frames() {
    return samples.length / elements;
  }

  /**
   * Writes a signal.
   *
   * @param path where to
   * @param frame the shape of one frame in a batch of 1, for arrays
   */
  public void write(Path path, Shape frame) {
    if (isSound(path)) {
      new Wav(sampleRate, elements, format, samples).write(path);
      return;
    }
    try (Tensor tensor = Tensor.of(frame.withDim(1, frames()), samples)) {
      ArrayFile.write(path, "signal", tensor);
    }
  }
}
