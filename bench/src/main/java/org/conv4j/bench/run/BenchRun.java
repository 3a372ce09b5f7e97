package org.conv4j.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.bench.record.Environment;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.RunFile;
import org.conv4j.bench.record.Subject;
import org.conv4j.error.Conv4jException;

/**
 * Runs plans and gathers what comes out. Each number of threads has a process of its own, because
 * OpenMP reads its number from the environment, once.
 */
public final class BenchRun {
  private BenchRun() {}

  /**
   * Runs plans.
   *
   * @param plans one for each number of threads
   * @return what came out
   */
  public static RunFile execute(List<RunPlan> plans) {
    Environment environment = Environment.current();
    List<JsonNode> benchmarks = new ArrayList<>();
    List<Note> notes = new ArrayList<>();
    for (RunPlan plan : plans) {
      if (plan.effort().forks() == 0) {
        JmhRun.execute(plan);
      } else {
        executeInProcess(plan);
      }
      benchmarks.addAll(List.of(JsonFiles.read(JmhRun.resultFile(plan), JsonNode[].class)));
      notes.addAll(notesOf(plan));
    }
    return new RunFile(environment, notes, benchmarks);
  }

  private static void executeInProcess(RunPlan plan) {
    Path planFile = WorkDirectory.folder("plans").resolve("threads-" + plan.threads() + ".json");
    JsonFiles.write(planFile, plan);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + WorkDirectory.PROPERTY + "=" + WorkDirectory.folder("").toAbsolutePath());
    // Other runs on this machine are the user's business, not JMH's.
    command.add("-Djmh.ignoreLock=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(JmhRun.class.getName());
    command.add(planFile.toString());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(plan.threads()));
    try {
      int exitCode = builder.start().waitFor();
      if (exitCode != 0) {
        throw new Conv4jException(
            "The process for %d threads ended with exit code %d."
                .formatted(plan.threads(), exitCode));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Conv4jException("The run was interrupted.", interrupted);
    }
  }

  /** The notes that subjects left, and one for each that left none. */
  private static List<Note> notesOf(RunPlan plan) {
    List<Note> notes = new ArrayList<>();
    Set<Subject> silent = new HashSet<>(plan.subjects());
    for (Note note : Notes.readAll()) {
      if (note.subject().threads() == plan.threads()) {
        notes.add(note);
        silent.remove(note.subject());
      }
    }
    plan.subjects().stream().filter(silent::contains).map(Note::crashed).forEach(notes::add);
    return notes;
  }

  /** Deletes what the processes left for each other. */
  public static void cleanUp() {
    try (var files = Files.walk(WorkDirectory.folder(""))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    System.clearProperty(WorkDirectory.PROPERTY);
  }
}
