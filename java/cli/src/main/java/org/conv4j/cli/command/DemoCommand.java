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

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    try (DigitsNetwork network = DigitsNetwork.load()) {
      Engine chosen = common.engine(DataType.FLOAT32);
      DemoRun run = DemoRun.of(network, chosen, common.compileOptions());
      List<DemoRun> runs = new ArrayList<>(List.of(run));
      if (!chosen.name().equals("reference")) {
        runs.add(DemoRun.of(network, Engines.byName("reference"), common.compileOptions()));
      }
      double fromReference = run.largestDifference(runs.get(runs.size() - 1).flat());
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

  private static void print(
      PrintWriter out,
      DigitsNetwork network,
      List<DemoRun> runs,
      double fromReference,
      double fromKeras) {
    DemoRun run = runs.get(0);
    int[] labels = network.labels();
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
        "largest difference of a probability: %.1e from the reference, %.1e from Keras%n",
        fromReference,
        fromKeras);
    for (DemoRun timed : runs) {
      out.printf(
          Locale.ROOT,
          "%-9s  %8.1f us per image%n",
          timed.engine().name(),
          timed.secondsPerImage() * 1e6);
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
