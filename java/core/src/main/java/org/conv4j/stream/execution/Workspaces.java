package org.conv4j.stream.execution;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** Workspaces that nobody uses at the moment. Takes no locks. */
public final class Workspaces implements AutoCloseable {
  private final AtomicReferenceArray<Workspace> idle;
  private final Supplier<Workspace> maker;

  /** Takes what makes more of them. */
  public Workspaces(Supplier<Workspace> maker) {
    this.maker = maker;
    idle = new AtomicReferenceArray<>(4 * Runtime.getRuntime().availableProcessors());
  }

  /** A workspace that the caller gives back; a new one only if all others are in use. */
  public Workspace take() {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) != null) {
        Workspace found = idle.getAndSet(i, null);
        if (found != null) {
          return found;
        }
      }
    }
    return maker.get();
  }

  /** Takes one back. */
  public void give(Workspace workspace) {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, workspace)) {
        return;
      }
    }
    workspace.close();
  }

  @Override
  public void close() {
    for (int i = 0; i < idle.length(); i++) {
      Workspace found = idle.getAndSet(i, null);
      if (found != null) {
        found.close();
      }
    }
  }
}
