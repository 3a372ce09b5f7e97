package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.cli.demo.DemoRun;
import org.conv4j.cli.demo.DigitsNetwork;
import org.conv4j.cli.demo.Drawing;
import org.conv4j.cli.report.ExitCode;
import org.conv4j.cli.report.Json;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recognises handwritten digits with a network that Keras has trained. */
@Command(
    name = "demo",
    description = {
      "Recognise handwritten digits with a network trained by Keras, on every engine.",
      "Exit code 1 if an engine disagrees with the reference or with Keras."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final double MAX_DIFFERENCE = 1e-4;

  private static final int BAR = 40;
  private static final List<String> NEXT =
      List.of(
          "",
          "Next, a model of yours:",
          "  conv4j inspect MODEL.keras",
          "  conv4j run MODEL.keras --input IMAGE.png --top 5",
          "  conv4j explain MODEL.keras");

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(names = "--all", description = "Print a line for each image.")
  private boolean all;

  @Override
  public Integer call() {
    try (DigitsNetwork network = DigitsNetwork.load()) {
      Engine chosen = common.engine(DataType.FLOAT32);
      DemoRun run = DemoRun.of(network, chosen, common.compileOptions());
      List<DemoRun> runs = new ArrayList<>(List.of(run));
      for (String other : List.of("java", "reference")) {
        if (runs.stream().noneMatch(done -> done.engine().name().equals(other))) {
          runs.add(DemoRun.of(network, Engines.byName(other), common.compileOptions()));
        }
      }
      DemoRun reference = runs.get(chosen.name().equals("reference") ? 0 : runs.size() - 1);
      double fromReference = run.largestDifference(reference.flat());
      double fromKeras = run.largestDifference(network.kerasProbabilities());
      PrintWriter out = spec.commandLine().getOut();
      if (common.json()) {
        out.println(Json.format(fields(network, runs, fromReference, fromKeras)));
      } else {
        print(out, network, runs, fromReference, fromKeras);
      }
      // A NaN must fail, and loses every comparison.
      boolean good = fromReference <= MAX_DIFFERENCE && fromKeras <= MAX_DIFFERENCE;
      return good ? 0 : ExitCode.CHECK_FAILED;
    }
  }

  private void print(
      PrintWriter out,
      DigitsNetwork network,
      List<DemoRun> runs,
      double fromReference,
      double fromKeras) {
    DemoRun run = runs.get(0);
    int[] labels = network.labels();
    if (all) {
      printImages(out, run, labels);
    } else {
      printDigits(out, run, labels);
    }
    out.println();
    printMistakes(out, network, run);
    int correct = run.correct(labels);
    out.printf(
        Locale.ROOT,
        "%d of %d images right: accuracy %.1f%%%n",
        correct,
        labels.length,
        100.0 * correct / labels.length);
    out.printf(
        Locale.ROOT,
        "largest difference of a probability: %.1e from the reference, %.1e from Keras%n%n",
        fromReference,
        fromKeras);
    printTimes(out, runs);
    NEXT.forEach(out::println);
  }

  private static void printImages(PrintWriter out, DemoRun run, int[] labels) {
    for (int i = 0; i < labels.length; i++) {
      int predicted = run.predicted(i);
      out.printf(
          Locale.ROOT,
          "image %3d  predicted %d (%5.1f%%)  true %d%s%n",
          i,
          predicted,
          100 * run.probabilities()[i][predicted],
          labels[i],
          predicted == labels[i] ? "" : "  wrong");
    }
  }

  /** A line for each digit: how many of its images there are, and how many were recognised. */
  private static void printDigits(PrintWriter out, DemoRun run, int[] labels) {
    for (int digit = 0; digit < run.probabilities()[0].length; digit++) {
      int images = 0;
      int right = 0;
      double probability = 0;
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == digit) {
          images++;
          right += run.predicted(i) == digit ? 1 : 0;
          probability += run.probabilities()[i][digit];
        }
      }
      out.printf(
          Locale.ROOT,
          "digit %d: %d of %d right, mean probability %5.1f%%%n",
          digit,
          right,
          images,
          100 * probability / images);
    }
  }

  /** The slowest engine's bar is the longest. */
  private static void printTimes(PrintWriter out, List<DemoRun> runs) {
    double longest = runs.stream().mapToDouble(DemoRun::secondsPerImage).max().orElseThrow();
    for (DemoRun run : runs) {
      double share = run.secondsPerImage() / longest;
      out.printf(
          Locale.ROOT,
          "%-9s  %8.1f us per image  %s%n",
          run.engine().name(),
          run.secondsPerImage() * 1e6,
          "#".repeat((int) Math.max(1, Math.round(share * BAR))));
    }
  }

  private static void printMistakes(PrintWriter out, DigitsNetwork network, DemoRun run) {
    int[] labels = network.labels();
    List<Tensor> images = network.images();
    for (int i = 0; i < labels.length; i++) {
      if (run.predicted(i) != labels[i]) {
        out.printf("image %d, taken for a %d, a %d in truth:%n", i, run.predicted(i), labels[i]);
        out.println(Drawing.of(images.get(i)));
      }
    }
    images.forEach(Tensor::close);
  }

  private static Map<String, Object> fields(
      DigitsNetwork network, List<DemoRun> runs, double fromReference, double fromKeras) {
    DemoRun run = runs.get(0);
    int[] labels = network.labels();
    List<Map<String, Object>> images = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      images.add(Map.of("image", i, "predicted", run.predicted(i), "true", labels[i]));
    }
    Map<String, Object> microseconds = new LinkedHashMap<>();
    runs.forEach(timed -> microseconds.put(timed.engine().name(), timed.secondsPerImage() * 1e6));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("images", images);
    fields.put("accuracy", (double) run.correct(labels) / labels.length);
    fields.put("difference_from_reference", fromReference);
    fields.put("difference_from_keras", fromKeras);
    fields.put("microseconds_per_image", microseconds);
    return fields;
  }
}
