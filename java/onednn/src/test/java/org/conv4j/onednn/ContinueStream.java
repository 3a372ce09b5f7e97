package org.conv4j.onednn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamOptions;
import org.conv4j.stream.StreamPlan;
import org.conv4j.tensor.DataType;

/** Goes on where a stream of another process was: engine, model, snapshot, signal, output. */
final class ContinueStream {
  private ContinueStream() {}

  public static void main(String[] arguments) throws IOException {
    float[] signal = floats(Files.readAllBytes(Path.of(arguments[3])));
    try (LoadedModel model = Models.load(Path.of(arguments[1]));
        StreamPlan plan =
            StreamPlan.compile(
                model.model(),
                StreamOptions.of(signal.length),
                DataType.FLOAT32,
                Engines.byName(arguments[0]));
        Stream stream = plan.newStream()) {
      stream.restore(Files.readAllBytes(Path.of(arguments[2])));
      float[] output = new float[signal.length];
      stream.process(signal, signal.length, output);
      Files.write(Path.of(arguments[4]), bytes(output));
    }
  }

  static byte[] bytes(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  static float[] floats(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(numbers);
    return numbers;
  }
}
