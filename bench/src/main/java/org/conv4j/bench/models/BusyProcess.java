package org.conv4j.bench.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.conv4j.error.Conv4jException;

/** A process that keeps one processor busy until this is closed: a neighbour. */
final class BusyProcess implements AutoCloseable {
  private final Process process;

  BusyProcess() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            BusyProcess.class.getName());
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      // Its first line says that it is busy.
      process.inputReader().readLine();
    } catch (IOException failure) {
      throw new Conv4jException("A busy process did not start.", failure);
    }
  }

  /**
   * Is busy until the standard input ends, or for ever.
   *
   * @param args none
   * @throws IOException if the standard input cannot be read
   */
  public static void main(String[] args) throws IOException {
    Thread busy =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    busy.setDaemon(true);
    busy.start();
    System.out.println("busy");
    while (System.in.read() >= 0) {
      // Nobody writes; the end is what matters.
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
