package org.conv4j.bench.models;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.conv4j.error.Conv4jException;

/**
 * A {@link ModelWorker} in a process of its own, which ends when this is closed. Not thread-safe.
 */
final class WorkerProcess implements AutoCloseable {
  /** The files of raw float32 elements that a check reads. */
  static final String INPUT = "input.f32";

  static final String EXPECTED = "expected.f32";

  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;
  private static final long SECONDS_TO_EXIT = 10;

  /** What every library needs: this module, conv4j's own classes, and JNA to set variables. */
  private static final String COMMON = "bench|conv4j|jna-[0-9]|classes";

  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final double startMilliseconds;
  private final String version;

  private WorkerProcess(String name, List<String> command, int threads, Path log)
      throws IOException {
    this.name = name;
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    long start = System.nanoTime();
    process = builder.start();
    requests = process.outputWriter();
    answers = process.inputReader();
    read();
    startMilliseconds = (System.nanoTime() - start) / NANOSECONDS_PER_MILLISECOND;
    version = read();
  }

  /**
   * Starts a process and waits until it ran once.
   *
   * @param name the library
   * @param setting what it runs
   * @param folder where to keep what it writes to the standard error
   * @throws Conv4jException if it ended before
   */
  static WorkerProcess start(String name, ModelSetting setting, Path folder) {
    return start(name, setting, folder, classPath(name), List.of());
  }

  /** Likewise, with options of the JVM. */
  static WorkerProcess start(
      String name, ModelSetting setting, Path folder, String classPath, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            classPath,
            ModelWorker.class.getName(),
            name,
            setting.files().folder().toString(),
            setting.inputShape(),
            setting.outputShape(),
            Integer.toString(setting.threads())));
    try {
      return new WorkerProcess(name, command, setting.threads(), folder.resolve(name + ".log"));
    } catch (IOException failure) {
      throw new Conv4jException("The process of " + name + " did not start.", failure);
    }
  }

  /** What a library needs of this process's class path. */
  static String classPath(String name) {
    Pattern needed = Pattern.compile(COMMON + "|" + ModelPeers.byName(name).libraries());
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> needed.matcher(Path.of(entry).getFileName().toString()).find())
        .collect(Collectors.joining(File.pathSeparator));
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  /** From before the process began until its first result was there. */
  double startMilliseconds() {
    return startMilliseconds;
  }

  /**
   * Some calls in a row.
   *
   * @param milliseconds the mean time of a call
   * @param fastest the time of the fastest
   */
  record Turn(double milliseconds, double fastest) {}

  /** Runs the network some times in a row. */
  Turn run(long calls) {
    String[] times = ask(ModelWorker.RUN + calls).split(" ");
    return new Turn(
        Long.parseLong(times[0]) / NANOSECONDS_PER_MILLISECOND / calls,
        Long.parseLong(times[1]) / NANOSECONDS_PER_MILLISECOND);
  }

  /** Runs the network some times in a row; returns the milliseconds of each call. */
  double[] times(long calls) {
    return Arrays.stream(ask(ModelWorker.TIMES + calls).split(" "))
        .mapToDouble(time -> Long.parseLong(time) / NANOSECONDS_PER_MILLISECOND)
        .toArray();
  }

  /** The error for the files in a folder, relative to the largest expected magnitude. */
  double error(Path folder) {
    return Double.parseDouble(ask(ModelWorker.CHECK + folder));
  }

  /** The most memory that the process ever had. */
  long peakBytes() {
    return Long.parseLong(ask(ModelWorker.PEAK));
  }

  private String ask(String request) {
    try {
      requests.write(request);
      requests.newLine();
      requests.flush();
      return read();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String read() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw new Conv4jException("The process of " + name + " ended: " + complaint());
    }
    return answer;
  }

  /** What a Java exception says of itself, or what was written last. */
  private String complaint() throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return lines.stream()
        .filter(line -> line.startsWith("Exception in thread"))
        .findFirst()
        .orElse(lines.isEmpty() ? "no reason given" : lines.get(lines.size() - 1));
  }

  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(SECONDS_TO_EXIT, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException ended) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
