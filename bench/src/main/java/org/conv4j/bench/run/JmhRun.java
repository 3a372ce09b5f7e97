package org.conv4j.bench.run;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.conv4j.bench.cases.Cases;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.reference.ReferenceEngine;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs a plan in this process, whose environment decides how many threads native libraries take.
 */
final class JmhRun {
  private final RunPlan plan;
  private final List<RunResult> results = new ArrayList<>();

  private JmhRun(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * The process of one number of threads.
   *
   * @param args the file of the plan
   */
  public static void main(String[] args) {
    execute(JsonFiles.read(Path.of(args[0]), RunPlan.class));
  }

  /** Where a plan's results lie, as JMH writes them. */
  static Path resultFile(RunPlan plan) {
    return WorkDirectory.folder("jmh").resolve("threads-" + plan.threads() + ".json");
  }

  static void execute(RunPlan plan) {
    JmhRun run = new JmhRun(plan);
    run.execute();
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(resultFile(plan)), false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(run.results);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void execute() {
    if (plan.machine()) {
      machine();
    }
    List<String> slow = plan.engines().stream().filter(ReferenceEngine.NAME::equals).toList();
    List<String> fast = plan.engines().stream().filter(name -> !slow.contains(name)).toList();
    // What is compared is measured close together, so that a drift of the machine hits all alike.
    for (String problem : plan.problems()) {
      engines(fast, problem, plan.effort());
      peers(problem);
      engines(slow, problem, plan.effort().forReference());
    }
  }

  private void machine() {
    if (plan.threads() == 1) {
      add(options(CopyBenchmark.class, plan.effort()));
    }
    List<String> probed = plan.engines().stream().filter(OneDnnEngine.NAME::equals).toList();
    for (BenchCase probe : Cases.of(CaseFamilies.PEAK)) {
      engines(probed, probe.id(), plan.effort());
    }
  }

  private void engines(List<String> engines, String problem, Effort effort) {
    if (!engines.isEmpty()) {
      add(
          options(ConvolutionBenchmark.class, effort)
              .param("problem", problem)
              .param("engine", engines.toArray(String[]::new))
              .param("threads", Integer.toString(plan.threads()))
              .param("dataType", plan.dataType().toUpperCase(Locale.ROOT)));
    }
  }

  private void peers(String problem) {
    if (!plan.peers().isEmpty()) {
      add(
          options(PeerBenchmark.class, plan.effort())
              .param("problem", problem)
              .param("peer", plan.peers().toArray(String[]::new))
              .param("threads", Integer.toString(plan.threads())));
    }
  }

  private ChainedOptionsBuilder options(Class<?> benchmark, Effort effort) {
    TimeValue round = TimeValue.milliseconds(effort.milliseconds());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
            .forks(effort.forks())
            .warmupIterations(effort.warmups())
            .warmupTime(TimeValue.milliseconds(effort.warmupMilliseconds()))
            .measurementIterations(effort.iterations())
            .measurementTime(round)
            // A subject that fails has left a note; the others go on.
            .shouldFailOnError(false);
    plan.profilers().forEach(options::addProfiler);
    return options;
  }

  private void add(ChainedOptionsBuilder options) {
    try {
      results.addAll(new Runner(options.build()).run());
    } catch (RunnerException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
