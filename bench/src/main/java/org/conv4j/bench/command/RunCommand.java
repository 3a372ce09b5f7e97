package org.conv4j.bench.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.RunFile;
import org.conv4j.bench.record.Subject;
import org.conv4j.bench.run.BenchRun;
import org.conv4j.bench.run.Effort;
import org.conv4j.bench.run.Peers;
import org.conv4j.bench.run.RunPlan;
import org.conv4j.engine.Engines;
import org.conv4j.notation.BenchCase;
import org.conv4j.reference.ReferenceEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
    name = "run",
    description = {
      "Verify every output against the reference engine, then time it with JMH.",
      "Exit code 1 if an output is wrong or an engine's process crashed."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CaseSelection cases;

  @Option(
      names = "--engines",
      paramLabel = "NAME",
      split = ",",
      description = "Engines to measure; by default ${DEFAULT-VALUE}.",
      defaultValue = "onednn,java,reference")
  private List<String> engines;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "Numbers of threads; by default ${DEFAULT-VALUE}.",
      defaultValue = "1,2")
  private List<Integer> threads;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "float32 or float64; by default ${DEFAULT-VALUE}.",
      defaultValue = "float32")
  private String dataType;

  @Option(names = "--peers", description = "Measure the rivals on the class path too.")
  private boolean peers;

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      split = ",",
      description = "Measure only these rivals.")
  private List<String> peerNames = List.of();

  @Option(
      names = "--smoke",
      description = "Seconds for each case: the smallest case of each family, one thread, briefly.")
  private boolean smoke;

  @Option(names = "--prof", paramLabel = "NAME", description = "A JMH profiler, for example gc.")
  private List<String> profilers = List.of();

  @Option(names = "--forks", paramLabel = "N", description = "Processes for each measurement.")
  private Integer forks;

  @Option(names = "--iterations", paramLabel = "N", description = "Measured rounds per process.")
  private Integer iterations;

  @Option(names = "--milliseconds", paramLabel = "N", description = "The length of a round.")
  private Integer milliseconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the results go; by default ${DEFAULT-VALUE}.",
      defaultValue = "bench/target/run.json")
  private Path json;

  @Override
  public Integer call() {
    engines.forEach(Engines::byName);
    List<RunPlan> plans = plans();
    RunFile results;
    try {
      results = BenchRun.execute(plans);
    } finally {
      BenchRun.cleanUp();
    }
    JsonFiles.write(json, results);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d measurements: %s%n", results.benchmarks().size(), json);
    List<Note> failures = results.notes().stream().filter(RunCommand::isFailure).toList();
    for (Note failure : failures) {
      spec.commandLine().getErr().println(failure.subject() + ": " + failure.message());
    }
    return failures.isEmpty() ? 0 : ExitCode.CHECK_FAILED;
  }

  /** A rival may refuse or die; what conv4j says must be right. */
  private static boolean isFailure(Note note) {
    return note.outcome() == Note.Outcome.WRONG
        || note.outcome() == Note.Outcome.CRASHED && note.subject().kind() == Subject.Kind.ENGINE;
  }

  private List<RunPlan> plans() {
    List<BenchCase> selected = smoke ? cases.smallest() : cases.all();
    List<String> ids = selected.stream().map(BenchCase::id).toList();
    List<String> rivals = peers ? Peers.names() : peerNames;
    rivals.forEach(Peers::byName);
    List<Integer> counts = smoke ? threads.subList(0, 1) : threads;
    List<RunPlan> plans = new ArrayList<>();
    for (int count : counts) {
      boolean first = plans.isEmpty();
      List<String> running =
          engines.stream().filter(name -> first || !name.equals(ReferenceEngine.NAME)).toList();
      plans.add(new RunPlan(ids, running, rivals, count, dataType, !smoke, effort(), profilers));
    }
    return plans;
  }

  private Effort effort() {
    Effort usual = smoke ? Effort.SMOKE : Effort.FULL;
    return new Effort(
        forks == null ? usual.forks() : forks,
        usual.warmups(),
        iterations == null ? usual.iterations() : iterations,
        milliseconds == null ? usual.milliseconds() : milliseconds);
  }
}
