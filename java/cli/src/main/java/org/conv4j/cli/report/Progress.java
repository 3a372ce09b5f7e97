package org.conv4j.cli.report;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on the terminal's error stream for runs over many files; nothing without a terminal. */
public final class Progress implements AutoCloseable {
  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  public static Progress of(String task, int steps) {
    boolean useful = steps > 1 && System.console() != null;
    return new Progress(
        useful ? new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).build() : null);
  }

  public void step() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
