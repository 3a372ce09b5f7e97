package org.conv4j.bench.bridge;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.conv4j.error.Conv4jException;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseNotation;

/**
 * The C++ side: a process of {@code native/baseline} that obeys one request at a time. It ends when
 * this is closed. Not thread-safe.
 */
public final class Driver implements Side, AutoCloseable {
  private static final String PROGRAM = "baseline/conv4j_baseline";
  private static final String READY = "ready ";
  private static final String ERROR = "error ";
  private static final long SECONDS_TO_EXIT = 10;

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private String implementation;

  private Driver(Process process) {
    this.process = process;
    this.requests = process.outputWriter();
    this.answers = process.inputReader();
  }

  /**
   * Looks where the builds put the program.
   *
   * @param root the directory of the whole project
   * @return the program, or nothing if it was not built
   */
  public static Optional<Path> find(Path root) {
    return Stream.of("java/onednn/target/native", "native/build-release")
        .map(build -> root.resolve(build).resolve(PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the program, with one thread.
   *
   * @param program the file
   * @return the running program, which the caller closes
   */
  public static Driver start(Path program) {
    try {
      return new Driver(
          new ProcessBuilder(program.toString(), "--threads", "1", "--serve")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException failure) {
      throw new Conv4jException("The C++ driver did not start: " + failure.getMessage(), failure);
    }
  }

  /** Prepares a case, instead of the one before it. */
  void prepare(BenchCase benchCase) {
    String answer = ask("case " + CaseNotation.format(benchCase));
    implementation = answer.substring(READY.length());
  }

  @Override
  public String implementation() {
    return implementation;
  }

  @Override
  public long run(long calls) {
    return Long.parseLong(ask("run " + calls));
  }

  @Override
  public long digest() {
    return Long.parseUnsignedLong(ask("digest"), 16);
  }

  private String ask(String request) {
    try {
      requests.write(request);
      requests.newLine();
      requests.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new Conv4jException("The C++ driver ended when it was asked to '" + request + "'.");
      }
      if (answer.startsWith(ERROR)) {
        throw new Conv4jException("The C++ driver: " + answer.substring(ERROR.length()));
      }
      return answer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
