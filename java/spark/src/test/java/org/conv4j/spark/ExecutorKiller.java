package org.conv4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Kills a process of an executor, once, when some tasks with the network have finished. */
final class ExecutorKiller extends SparkListener {
  private static final int TASKS_BEFORE = 8;
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  private final AtomicBoolean killed = new AtomicBoolean();
  private final AtomicInteger lostTasks = new AtomicInteger();
  private final AtomicInteger finished = new AtomicInteger();

  boolean killed() {
    return killed.get();
  }

  int lostTasks() {
    return lostTasks.get();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.reason() instanceof ExecutorLostFailure) {
      lostTasks.incrementAndGet();
    }
    // The first stage makes the partitions; the network runs in the next.
    if (task.stageId() > 0
        && finished.incrementAndGet() >= TASKS_BEFORE
        && killed.compareAndSet(false, true)) {
      executor().orElseThrow().destroyForcibly();
    }
  }

  private static Optional<ProcessHandle> executor() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandLine(process.pid()).contains(EXECUTOR))
        .findFirst();
  }

  /** {@link ProcessHandle.Info} has only the first 4096 bytes, which a class path fills. */
  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException ended) {
      return "";
    }
  }
}
