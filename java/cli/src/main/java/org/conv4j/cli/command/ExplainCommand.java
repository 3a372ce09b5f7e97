package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.conv4j.cli.measure.Diagnosis;
import org.conv4j.cli.measure.Implementations;
import org.conv4j.cli.measure.PeakSpeed;
import org.conv4j.cli.measure.StepTimes;
import org.conv4j.cli.report.ExplainPage;
import org.conv4j.cli.report.Json;
import org.conv4j.cli.report.Table;
import org.conv4j.cli.report.Version;
import org.conv4j.disk.FileWriting;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Declined;
import org.conv4j.file.LoadedModel;
import org.conv4j.model.Model;
import org.conv4j.op.Permute;
import org.conv4j.plan.Plan;
import org.conv4j.plan.PlanStep;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how a model runs. */
@Command(
    name = ExplainCommand.NAME,
    description = "Show a model's compiled plan, step by step, with what each step takes.",
    mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
  public static final String NAME = "explain";

  /** A machine that does nothing else reaches this share of its peak at least, again and again. */
  private static final double STEADY = 0.75;

  private static final String BUSY =
      "The machine was busy with something else: the times are too long, and shares of the peak may"
          + " be wrong.";

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private ModelArgument file;

  @Option(
      names = "--input-shape",
      paramLabel = "[NAME=]N,N,...",
      description = "The shape of an input, batch included; by default the model's, a batch of 1.")
  private List<String> shapes = List.of();

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "float32 or float64; by default the model's own.")
  private DataType dataType;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write it as a page for a browser, too; the page needs no other file.")
  private Path html;

  @Override
  public Integer call() {
    try (LoadedModel loaded = file.load()) {
      Model model = loaded.model();
      DataType type = dataType == null ? loaded.dataType() : dataType;
      List<Shape> inputs = ShapeArguments.shapes(model, shapes);
      try (Plan plan = model.compile(inputs, type, common.engine(type), common.compileOptions())) {
        double before = PeakSpeed.gigaflopsPerSecond(plan.engine(), type, stepOptions(plan));
        double[] seconds = StepTimes.measure(plan);
        double after = PeakSpeed.gigaflopsPerSecond(plan.engine(), type, stepOptions(plan));
        double peak = Math.max(before, after);
        boolean busy = Math.min(before, after) < STEADY * peak;
        List<Map<String, Object>> steps = steps(plan, seconds, peak);
        if (html != null) {
          write(page(plan, steps, seconds, peak, busy));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (common.json()) {
          out.println(Json.format(fields(plan, steps, seconds, peak, busy)));
        } else {
          print(out, plan, steps, seconds, peak);
          if (busy) {
            out.println(BUSY);
          }
          if (html != null) {
            out.println("page: " + html);
          }
        }
      }
    }
    return 0;
  }

  private void write(String page) {
    FileWriting.replace(html, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  private String page(
      Plan plan, List<Map<String, Object>> steps, double[] seconds, double peak, boolean busy) {
    double total = Arrays.stream(seconds).sum();
    double speed = plan.flops() / total * 1e-9;
    Map<String, String> totals = new LinkedHashMap<>();
    int layers = plan.steps().stream().mapToInt(step -> 1 + step.fused().size()).sum();
    totals.put("in all steps", "%.3f ms".formatted(total * 1e3));
    totals.put("of %.1f at the peak".formatted(peak), "%.1f GFLOP/s".formatted(speed));
    totals.put("for %d layers".formatted(layers), steps.size() + " steps");
    totals.put(
        "memory of a session",
        "%,.1f KB".formatted((plan.arenaBytes() + plan.scratchpadBytes()) * 1e-3));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "inputs",
        plan.inputShapes().stream().map(Shape::toString).collect(Collectors.joining(", ")));
    facts.put("engine", plan.engine().name() + ", " + plan.dataType());
    facts.put("options", common.text());
    facts.put("machine", Diagnosis.summary());
    facts.put("program", Version.text());
    if (plan.parts() > 1) {
      facts.put(
          "parts", "%d of the batch, %d at the same time".formatted(plan.parts(), plan.lanes()));
    }
    List<String> notes = new ArrayList<>(Implementations.onOtherEngines(plan));
    limitation(plan).ifPresent(notes::add);
    if (busy) {
      notes.add(BUSY);
    }
    String title = file.path().getFileName().toString();
    return new ExplainPage(title, plan.engine().name(), totals, facts, notes, steps).html();
  }

  /** Parts that are computed at the same time have one thread each. */
  private CompileOptions stepOptions(Plan plan) {
    CompileOptions options = common.compileOptions();
    return plan.lanes() > 1 ? options.withThreads(1) : options;
  }

  private static List<Map<String, Object>> steps(Plan plan, double[] seconds, double peak) {
    double total = Arrays.stream(seconds).sum();
    List<Map<String, Object>> rows = new ArrayList<>();
    List<PlanStep> planned = plan.steps();
    for (int i = 0; i < seconds.length; i++) {
      PlanStep step = planned.get(i);
      double speed = plan.parts() * step.op().flops() / seconds[i] * 1e-9;
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", step.layer());
      row.put("fused", step.fused());
      row.put("op", step.op().getClass().getSimpleName());
      row.put("output_shape", step.op().output().toArray());
      row.put("kernel", step.kernel());
      row.put("implementation", step.implementation());
      row.put("engine", step.engine());
      row.put("declined", step.declined().stream().map(Declined::toString).toList());
      row.put("threads", step.threads());
      row.put("microseconds", seconds[i] * 1e6);
      row.put("share", seconds[i] / total);
      row.put("gflops", speed);
      row.put("share_of_peak", speed / peak);
      rows.add(row);
    }
    return rows;
  }

  private static void print(
      PrintWriter out, Plan plan, List<Map<String, Object>> steps, double[] seconds, double peak) {
    Table table =
        new Table(
            "layer",
            "op",
            "output",
            "implementation",
            ">threads",
            ">us",
            ">share",
            ">GFLOP/s",
            ">of peak");
    for (int i = 0; i < steps.size(); i++) {
      Map<String, Object> row = steps.get(i);
      StringBuilder layers = new StringBuilder(row.get("layer").toString());
      ((List<?>) row.get("fused")).forEach(layer -> layers.append(" + ").append(layer));
      table.add(
          layers.toString(),
          row.get("op").toString(),
          Shape.of((long[]) row.get("output_shape")).toString(),
          Implementations.of(plan, plan.steps().get(i)),
          row.get("threads").toString(),
          "%.1f".formatted((Double) row.get("microseconds")),
          "%.1f %%".formatted(100 * (Double) row.get("share")),
          "%.1f".formatted((Double) row.get("gflops")),
          "%.0f %%".formatted(100 * (Double) row.get("share_of_peak")));
    }
    table.lines().forEach(out::println);
    double total = Arrays.stream(seconds).sum();
    out.printf(
        "%n%d steps, %.3f ms, %.1f of %.1f GFLOP/s that a direct convolution reaches here%n",
        steps.size(), total * 1e3, plan.flops() / total * 1e-9, peak);
    if (plan.parts() > 1) {
      out.printf(
          "the batch is computed in %d parts, %d at the same time; times are those of all parts,"
              + " one after the other%n",
          plan.parts(), plan.lanes());
    }
    out.printf(
        "memory of a session: arena %,d bytes for at most %,d that are needed at once (%.2f),"
            + " scratchpad %,d bytes%n",
        plan.arenaBytes(), plan.liveBytes(), arenaRatio(plan), plan.scratchpadBytes());
    out.printf("reorders between steps: %d%n", reorders(plan));
    Implementations.onOtherEngines(plan).forEach(out::println);
    limitation(plan)
        .ifPresent(
            reason ->
                out.printf("%s is limited on this machine: %s%n", plan.engine().name(), reason));
  }

  private Map<String, Object> fields(
      Plan plan, List<Map<String, Object>> steps, double[] seconds, double peak, boolean busy) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", file.path().toString());
    fields.put("engine", plan.engine().name());
    fields.put("dtype", plan.dataType().toString());
    fields.put("microseconds", Arrays.stream(seconds).sum() * 1e6);
    fields.put("peak_gflops", peak);
    fields.put("busy", busy);
    fields.put("parts", plan.parts());
    fields.put("parts_at_once", plan.lanes());
    fields.put("arena_bytes", plan.arenaBytes());
    fields.put("live_bytes", plan.liveBytes());
    fields.put("scratchpad_bytes", plan.scratchpadBytes());
    fields.put("reorders", reorders(plan));
    limitation(plan).ifPresent(reason -> fields.put("limitation", reason));
    fields.put("steps", steps);
    return fields;
  }

  private static Optional<String> limitation(Plan plan) {
    return plan.engine().limitationCause().map(Throwable::getMessage);
  }

  private static double arenaRatio(Plan plan) {
    return plan.liveBytes() == 0 ? 1 : (double) plan.arenaBytes() / plan.liveBytes();
  }

  /** Layouts never change within a step, so that every permutation is a step of its own. */
  private static long reorders(Plan plan) {
    return plan.steps().stream().filter(step -> step.op() instanceof Permute).count();
  }
}
