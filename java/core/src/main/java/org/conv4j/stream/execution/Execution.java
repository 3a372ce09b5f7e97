package org.conv4j.stream.execution;

/** A way to compute the frames of a network. Safe for any thread; owned by a plan of streams. */
public interface Execution extends AutoCloseable {
  /** What a stream remembers, at the begin of its signal; the caller closes it. */
  StreamState newState();

  /** The memory of such a state. */
  long stateBytes();

  /** What a thread needs to compute; the caller closes it. */
  Workspace newWorkspace();

  @Override
  void close();
}
