package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.conv4j.cli.data.Signal;
import org.conv4j.cli.measure.Latencies;
import org.conv4j.cli.report.Json;
import org.conv4j.cli.report.Progress;
import org.conv4j.cli.report.StreamReport;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.file.LoadedModel;
import org.conv4j.shape.Shape;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamOptions;
import org.conv4j.stream.StreamPlan;
import org.conv4j.tensor.DataType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a network on a signal, chunk by chunk. */
@Command(
    name = StreamCommand.NAME,
    description = "Run a causal network chunk by chunk; the answer is that of the whole signal.",
    mixinStandardHelpOptions = true)
public final class StreamCommand implements Callable<Integer> {
  public static final String NAME = "stream";

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private ModelArgument file;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "X",
      description = "The signal: an .npy or .csv file, or a .wav file of 16, 24 or 32 bits.")
  private Path input;

  @Option(names = "--output", paramLabel = "Y", description = "An .npy, .csv or .wav file.")
  private Path output;

  @Option(
      names = "--chunk",
      paramLabel = "N",
      defaultValue = "64",
      description = "Frames for each call; by default ${DEFAULT-VALUE}.")
  private int chunk;

  @Option(
      names = "--warm-up",
      description = "Begin behind silence; otherwise before every layer there are zeros.")
  private boolean warmUp;

  @Option(
      names = "--look-ahead",
      description = "Accept a network that needs frames that come later.")
  private boolean lookAhead;

  @Option(
      names = "--sample-rate",
      paramLabel = "HZ",
      defaultValue = "48000",
      description = "Frames a second of an .npy file; by default ${DEFAULT-VALUE}.")
  private int sampleRate;

  @Override
  public Integer call() {
    if (sampleRate < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--sample-rate must be at least 1; given " + sampleRate + ".");
    }
    if (output != null && !Signal.isWritable(output)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--output is an .npy, .csv or .wav file; given " + output + ".");
    }
    try (LoadedModel loaded = file.load();
        StreamPlan plan = compile(loaded);
        Stream stream = plan.newStream()) {
      if (plan.inputShape(2).dim(1) != 2 || plan.outputShape(2).dim(1) != 2) {
        throw new ShapeMismatchException(
            "A signal in a file is frame by frame; the model takes %s and returns %s."
                .formatted(plan.inputShape(1), plan.outputShape(1)));
      }
      Signal signal = Signal.read(input, plan.inputShape(1), sampleRate);
      if (signal.frames() == 0) {
        throw new ShapeMismatchException("The signal '" + input + "' has no frames.");
      }
      if (warmUp) {
        stream.warmUp();
      }
      run(plan, stream, signal);
    }
    return 0;
  }

  private StreamPlan compile(LoadedModel loaded) {
    CompileOptions options = common.compileOptions().withExact(true);
    DataType dataType = loaded.dataType();
    return StreamPlan.compile(
        loaded.model(),
        StreamOptions.of(chunk)
            .withLookAhead(lookAhead)
            .withCompileOptions(options.threads() == 0 ? options.withThreads(1) : options),
        dataType,
        common.engine(dataType));
  }

  private void run(StreamPlan plan, Stream stream, Signal signal) {
    int elements = Math.toIntExact(plan.outputShape(1).elementCount());
    int chunks = (signal.frames() + chunk - 1) / chunk;
    float[] results =
        new float
            [Math.multiplyExact(Math.multiplyExact(chunks, plan.outputFrames(chunk)), elements)];
    long[] nanoseconds = new long[chunks];
    int returned = 0;
    try (Progress progress = Progress.of(NAME, chunks)) {
      for (int i = 0; i < chunks; i++) {
        int from = i * chunk;
        int frames = Math.min(chunk, signal.frames() - from);
        long start = System.nanoTime();
        returned +=
            stream.process(
                signal.samples(), from * signal.elements(), frames, results, returned * elements);
        nanoseconds[i] = System.nanoTime() - start;
        progress.step();
      }
    }
    float[] rest = new float[stream.flushFrames() * elements];
    int flushed = stream.flush(rest);
    float[] all = Arrays.copyOf(results, (returned + flushed) * elements);
    System.arraycopy(rest, 0, all, returned * elements, rest.length);
    if (output != null) {
      write(plan, signal, all, elements);
    }
    double seconds = (double) signal.frames() / signal.sampleRate();
    double taken = Arrays.stream(nanoseconds).sum() * 1e-9;
    Latencies latencies = new Latencies(nanoseconds);
    StreamReport report =
        new StreamReport(
            file.path(),
            plan,
            chunk,
            signal.frames(),
            returned + flushed,
            seconds / taken,
            latencies);
    PrintWriter out = spec.commandLine().getOut();
    if (common.json()) {
      out.println(Json.format(report.fields()));
    } else {
      report.lines().forEach(out::println);
    }
  }

  private void write(StreamPlan plan, Signal signal, float[] results, int elements) {
    int period = plan.periodFrames();
    long rate = (long) signal.sampleRate() * plan.outputFrames(period) / period;
    Shape frame = plan.outputShape(1);
    new Signal(results, elements, Math.toIntExact(Math.max(1, rate)), signal.format())
        .write(output, frame);
  }
}
