package org.conv4j.stream.execution;

import java.util.Arrays;
import org.conv4j.frames.FrameProgram;
import org.conv4j.frames.FrameRing;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** The rings of a stream, as programs of frames have them. */
public final class RingState implements StreamState {
  private final FrameProgram program;
  private final Tensor tensor;

  RingState(FrameProgram program) {
    this.program = program;
    tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(program.stateElements()));
    begin();
  }

  /** What a runner is given. */
  public Tensor tensor() {
    return tensor;
  }

  private int elements(int ring) {
    FrameRing kept = program.rings().get(ring);
    return kept.frames() * program.channels().get(kept.value());
  }

  @Override
  public void begin() {
    tensor.transform(old -> 0);
    for (int ring = 0; ring < program.rings().size(); ring++) {
      float initial = program.rings().get(ring).initial();
      if (initial != 0) {
        float[] elements = new float[elements(ring)];
        Arrays.fill(elements, initial);
        tensor.write(program.places().get(ring), elements, 0, elements.length);
      }
    }
  }

  @Override
  public void copyTo(Tensor[] histories) {
    for (int ring = 0; ring < program.rings().size(); ring++) {
      float[] elements = new float[elements(ring)];
      int channels = elements.length / program.rings().get(ring).frames();
      int oldest = (int) tensor.get(ring) * channels;
      int place = program.places().get(ring);
      tensor.read(place + oldest, elements, 0, elements.length - oldest);
      tensor.read(place, elements, elements.length - oldest, oldest);
      histories[ring].copyFrom(elements);
    }
  }

  @Override
  public void copyFrom(Tensor[] histories) {
    float[] zero = {0};
    for (int ring = 0; ring < program.rings().size(); ring++) {
      float[] elements = histories[ring].toFloatArray();
      tensor.write(ring, zero, 0, 1);
      tensor.write(program.places().get(ring), elements, 0, elements.length);
    }
  }

  @Override
  public void close() {
    tensor.close();
  }
}
