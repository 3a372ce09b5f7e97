package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.cli.data.Feed;
import org.conv4j.cli.data.ImageInputs;
import org.conv4j.cli.data.ImageOutputs;
import org.conv4j.cli.data.Labels;
import org.conv4j.cli.data.ModelInputs;
import org.conv4j.cli.data.ModelOutputs;
import org.conv4j.cli.data.NamedPath;
import org.conv4j.cli.measure.Latencies;
import org.conv4j.cli.report.Classification;
import org.conv4j.cli.report.Json;
import org.conv4j.cli.report.Progress;
import org.conv4j.cli.report.RunReport;
import org.conv4j.engine.Engine;
import org.conv4j.file.LoadedModel;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a whole model on arrays or images in files. */
@Command(
    name = RunCommand.NAME,
    description = "Run a Keras model on arrays or images.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  public static final String NAME = "run";

  private static final int MAX_RUNS = 10_000_000;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private ModelArgument file;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "[NAME=]X",
      description = {
        "An input; once for each, in the model's order if they are not named.",
        "An .npy or .csv file; an .npz file may hold all of them under their names.",
        "Or PNG and JPEG images, or folders of them, which a model of one input gets one by one,",
        "resized to its input as --resize tells."
      })
  private List<String> inputs;

  @Parameters(
      index = "1..*",
      paramLabel = "X",
      description = "Further inputs: --input a.png b.png, or --input *.png.")
  private List<String> furtherInputs = List.of();

  @Option(
      names = "--output",
      paramLabel = "[NAME=]Y",
      description = {
        "Where an output goes: an .npy or .csv file; an .npz file, which may take all of them; a",
        ".png file, or a folder with a / at its end, which gets a PNG file for each input.",
        "In arrays the outputs of several images are put together along the first dimension."
      })
  private List<String> outputs = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Run N times and print percentiles of the time that a run takes.")
  private int repeat;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "float32 or float64; by default the model's own.")
  private DataType dataType;

  @Mixin private ImageOptions imageOptions;
  @Mixin private OutputImageOptions outputOptions;

  @Override
  public Integer call() {
    if (repeat < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--repeat must be at least 1; given " + repeat + ".");
    }
    List<String> all = new ArrayList<>(inputs);
    all.addAll(furtherInputs);
    try (LoadedModel loaded = file.load()) {
      Model model = loaded.model();
      DataType type = dataType == null ? loaded.dataType() : dataType;
      Engine engine = common.engine(type);
      Map<String, NamedPath> files = ModelOutputs.files(model, outputs);
      List<Path> images = ImageInputs.files(model, all);
      boolean imagesOut = files.values().stream().anyMatch(NamedPath::isImages);
      imageOptions.check(!images.isEmpty(), imagesOut);
      outputOptions.check(imagesOut);
      Labels labels = imageOptions.labels();
      try (Feed feed = told(feed(model, all, images, type));
          Plan plan = model.compile(feed.shapes(), type, engine, common.compileOptions());
          Session session = plan.newSession();
          ModelOutputs results = new ModelOutputs(model, plan, files, feed.count())) {
        Classification classes = new Classification(plan, labels, imageOptions.top());
        ImageOutputs pictures =
            new ImageOutputs(
                model,
                plan,
                files,
                images.isEmpty() ? List.of(ModelInputs.first(model, all)) : images,
                outputOptions.style(imageOptions.outputFormat(model)));
        Latencies latencies = run(session, feed, results, classes, pictures);
        results.write();
        tell(pictures.notes());
        RunReport report =
            new RunReport(
                file.path(),
                model,
                plan,
                results,
                files,
                classes,
                latencies,
                feed.count() == 1 && imageOptions.top() == 0);
        PrintWriter out = spec.commandLine().getOut();
        if (common.json()) {
          out.println(Json.format(report.fields()));
        } else {
          report.lines().forEach(out::println);
        }
      }
    }
    return 0;
  }

  private Feed told(Feed feed) {
    tell(feed.notes());
    return feed;
  }

  private void tell(List<String> notes) {
    notes.forEach(note -> spec.commandLine().getErr().println("conv4j: " + note));
  }

  private Feed feed(Model model, List<String> all, List<Path> images, DataType type) {
    return images.isEmpty()
        ? ModelInputs.read(model, all, type)
        : new ImageInputs(
            images,
            imageOptions.layout(model),
            imageOptions.resizing(),
            imageOptions.preprocessing(),
            type);
  }

  private Latencies run(
      Session session,
      Feed feed,
      ModelOutputs results,
      Classification classes,
      ImageOutputs pictures) {
    if ((long) feed.count() * repeat > MAX_RUNS) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "At most %d runs are timed; given %d times %d."
              .formatted(MAX_RUNS, feed.count(), repeat));
    }
    long[] nanoseconds = new long[feed.count() * repeat];
    try (Progress progress = Progress.of("run", feed.count())) {
      for (int i = 0; i < feed.count(); i++) {
        Tensor[] given = feed.tensors(i);
        Tensor[] returned = results.ofRun(i);
        for (int j = 0; j < repeat; j++) {
          long start = System.nanoTime();
          session.run(given, returned);
          nanoseconds[i * repeat + j] = System.nanoTime() - start;
        }
        classes.add(feed.name(i), returned[0]);
        pictures.add(i, returned);
        progress.step();
      }
    }
    return new Latencies(nanoseconds);
  }
}
