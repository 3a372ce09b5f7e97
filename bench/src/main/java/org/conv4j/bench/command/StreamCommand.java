package org.conv4j.bench.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.conv4j.bench.models.ModelFiles;
import org.conv4j.bench.models.ModelPeer;
import org.conv4j.bench.models.ModelPeers;
import org.conv4j.bench.stream.StreamMeasurement;
import org.conv4j.bench.stream.StreamNetworks;
import org.conv4j.bench.stream.StreamRace;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares streams with recomputing their windows. */
@Command(
    name = "stream",
    description = "Time streams of causal networks and the recomputing of their windows by turns.",
    mixinStandardHelpOptions = true)
public final class StreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--networks",
      paramLabel = "NAME",
      split = ",",
      description = "Only these networks; by default all.")
  private List<String> names = List.of();

  @Option(
      names = "--frames",
      paramLabel = "N",
      split = ",",
      description = "How many frames come at once; by default ${DEFAULT-VALUE}.",
      defaultValue = "1,16,64,128,160,480")
  private List<Integer> frames;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "Who runs the streams; by default the best engine.")
  private String engineName;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Networks that make_streams.py wrote, in the place of conv4j's own.")
  private Path folder;

  @Option(
      names = "--rival",
      paramLabel = "NAME",
      description = "Who recomputes the windows of --dir's networks; by default the engine.")
  private String rival;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Turns of each way; by default ${DEFAULT-VALUE}.",
      defaultValue = "7")
  private int rounds;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      description = "The least duration of a turn; by default ${DEFAULT-VALUE}.",
      defaultValue = "200")
  private int milliseconds;

  @Option(
      names = "--chunks",
      paramLabel = "N",
      description = "Time each of so many calls instead, and print percentiles.",
      defaultValue = "0")
  private int chunks;

  @Override
  public Integer call() throws Exception {
    Engine engine =
        engineName == null ? Engines.best(DataType.FLOAT32) : Engines.byName(engineName);
    if (rival != null && folder == null) {
      throw new InvalidArgumentException("A --rival needs networks in files: --dir FOLDER.");
    }
    if (chunks == 0) {
      out()
          .printf(
              "%-14s %6s %12s %12s %10s %8s %14s %14s%n",
              "network",
              "frames",
              "stream ns",
              "ns a frame",
              "window us",
              "ratio",
              "multiply-adds",
              "of the window");
    }
    if (folder == null) {
      for (Map.Entry<String, Supplier<Model>> network : wanted().entrySet()) {
        time(network.getKey(), network.getValue().get(), engine, null);
      }
      return 0;
    }
    for (ModelFiles files : ModelFiles.in(folder)) {
      if (names.isEmpty() || names.contains(files.name())) {
        try (LoadedModel loaded = Models.load(files.keras())) {
          time(files.name(), loaded.model(), engine, files);
        }
      }
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Map<String, Supplier<Model>> wanted() {
    Map<String, Supplier<Model>> all = StreamNetworks.all();
    if (names.isEmpty()) {
      return all;
    }
    Map<String, Supplier<Model>> wanted = new LinkedHashMap<>();
    for (String name : names) {
      if (!all.containsKey(name)) {
        throw new InvalidArgumentException(
            "There is no network '%s'; there are %s.".formatted(name, all.keySet()));
      }
      wanted.put(name, all.get(name));
    }
    return wanted;
  }

  private void time(String name, Model model, Engine engine, ModelFiles files) throws Exception {
    StreamRace race = new StreamRace(name, model, engine, rounds, milliseconds);
    ModelPeer peer = rival == null ? null : ModelPeers.byName(rival);
    for (int count : frames) {
      if (chunks > 0) {
        print(name, count, race.histogram(count, chunks));
      } else {
        print(race.measure(count, peer, files));
      }
      out().flush();
    }
  }

  private void print(StreamMeasurement measured) {
    out()
        .printf(
            Locale.ROOT,
            "%-14s %6d %12.0f %12.1f %10.1f %8.1f %14d %13.1fx%n",
            measured.network(),
            measured.frames(),
            measured.streamNanoseconds(),
            measured.streamNanoseconds() / measured.frames(),
            measured.windowNanoseconds() / 1000,
            measured.ratio(),
            measured.streamProducts(),
            measured.productRatio());
  }

  private void print(String name, int count, Histogram times) {
    long median = times.getValueAtPercentile(50);
    long rare = times.getValueAtPercentile(99.9);
    out()
        .printf(
            Locale.ROOT,
            "%-14s %6d frames, %d chunks: p50 %d ns, p99 %d, p99.9 %d (%.2f of the median), max %d%n",
            name,
            count,
            times.getTotalCount(),
            median,
            times.getValueAtPercentile(99),
            rare,
            (double) rare / median,
            times.getMaxValue());
  }
}
