package org.conv4j.stream;

import java.nio.FloatBuffer;
import org.conv4j.tensor.Tensor;

/** Frames in a buffer, from its position on. A stream has one, which it sets for each call. */
final class BufferFrames implements Frames {
  private final float[] some = new float[1024];
  private FloatBuffer buffer;
  private int offset;

  BufferFrames set(FloatBuffer newBuffer) {
    buffer = newBuffer;
    offset = newBuffer == null ? 0 : newBuffer.position();
    return this;
  }

  @Override
  public void read(int first, Tensor target, int at, int count) {
    for (int done = 0; done < count; done += some.length) {
      int next = Math.min(some.length, count - done);
      buffer.get(offset + first + done, some, 0, next);
      target.write(at + done, some, 0, next);
    }
  }

  @Override
  public void write(int first, Tensor source, int at, int count) {
    for (int done = 0; done < count; done += some.length) {
      int next = Math.min(some.length, count - done);
      source.read(at + done, some, 0, next);
      buffer.put(offset + first + done, some, 0, next);
    }
  }
}
