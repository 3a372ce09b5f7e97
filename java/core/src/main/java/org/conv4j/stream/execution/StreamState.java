package org.conv4j.stream.execution;

import org.conv4j.tensor.Tensor;

/** What a stream remembers. Belongs to the stream; used with workspaces of its execution. */
public interface StreamState extends AutoCloseable {
  /** Returns to the begin of a signal. */
  void begin();

  /** Copies the histories, in the order of the schedule, to tensors of their shapes. */
  void copyTo(Tensor[] histories);

  /** Overwrites the histories. */
  void copyFrom(Tensor[] histories);

  @Override
  void close();
}
