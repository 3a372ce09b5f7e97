package org.conv4j.bench.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.conv4j.machine.Processor;
import org.conv4j.onednn.binding.OneDnn;

/**
 * Where and with what numbers were measured.
 *
 * @param processor the model that the operating system names
 * @param processors the number of processors that Java sees
 * @param system operating system and architecture
 * @param jdk the Java virtual machine and its version
 * @param oneDnn the version of oneDNN, or why it did not load
 * @param commit the commit of the sources, with {@code +changes} if they differ from it
 * @param date when the run began
 */
public record Environment(
    String processor,
    int processors,
    String system,
    String jdk,
    String oneDnn,
    String commit,
    String date) {

  /**
   * Describes this process.
   *
   * @return where it runs
   */
  public static Environment current() {
    return new Environment(
        Processor.model(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        OneDnn.isAvailable() ? OneDnn.version() : OneDnn.unavailabilityCause().toString(),
        currentCommit(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String currentCommit() {
    String commit = git("rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? commit
        : commit + "+changes";
  }

  /** What git prints, or nothing where there is no git or no repository. */
  private static String git(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? output : "";
    } catch (IOException noGit) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
