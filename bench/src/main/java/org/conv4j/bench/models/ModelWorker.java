package org.conv4j.bench.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.shape.Shape;

/**
 * A process that runs one network in one library, and obeys {@link WorkerProcess}. It gets ready,
 * runs once, says so, and answers one line for each line that it reads.
 */
final class ModelWorker {
  static final String READY = "ready ";
  static final String RUN = "run ";
  static final String TIMES = "times ";
  static final String CHECK = "check ";
  static final String PEAK = "peak";

  private static final int BYTES_PER_KIBIBYTE = 1024;

  private final PeerRun run;

  private ModelWorker(PeerRun run) {
    this.run = run;
  }

  /**
   * Runs until the standard input ends.
   *
   * @param args library, folder of the network, input shape, output shape, number of threads
   * @throws Exception the library's own error if it cannot run the network
   */
  public static void main(String[] args) throws Exception {
    PrintStream answers = System.out;
    // What a library prints must not be taken for an answer.
    System.setOut(System.err);
    ModelPeer peer = ModelPeers.byName(args[0]);
    try (PeerRun run =
        peer.load(
            new ModelFiles(Path.of(args[1])),
            shape(args[2]),
            shape(args[3]),
            Integer.parseInt(args[4]))) {
      run.run();
      answers.println(READY);
      answers.println(peer.version());
      new ModelWorker(run).obey(answers);
    }
  }

  private void obey(PrintStream answers) throws Exception {
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      answers.println(answer(line));
    }
  }

  private String answer(String request) throws Exception {
    if (request.startsWith(RUN)) {
      return time(Long.parseLong(request.substring(RUN.length())));
    }
    if (request.startsWith(TIMES)) {
      return times(Integer.parseInt(request.substring(TIMES.length())));
    }
    if (request.startsWith(CHECK)) {
      return Double.toString(error(Path.of(request.substring(CHECK.length()))));
    }
    return Long.toString(peakBytes());
  }

  /** Returns the nanoseconds that all calls took, and those of the fastest. */
  private String time(long calls) throws Exception {
    long fastest = Long.MAX_VALUE;
    long start = System.nanoTime();
    long before = start;
    for (long i = 0; i < calls; i++) {
      run.run();
      long after = System.nanoTime();
      fastest = Math.min(fastest, after - before);
      before = after;
    }
    return (before - start) + " " + fastest;
  }

  /** Returns the nanoseconds of each call. */
  private String times(int calls) throws Exception {
    long[] times = new long[calls];
    long before = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      run.run();
      long after = System.nanoTime();
      times[i] = after - before;
      before = after;
    }
    return Arrays.stream(times).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  /** The largest difference from what is expected, relative to the largest expected magnitude. */
  private double error(Path folder) throws Exception {
    FloatBuffer input = map(folder.resolve(WorkerProcess.INPUT));
    run.input().put(0, input, 0, input.remaining());
    run.run();
    FloatBuffer expected = map(folder.resolve(WorkerProcess.EXPECTED));
    FloatBuffer output = run.output();
    double error = 0;
    double magnitude = Double.MIN_NORMAL;
    for (int i = 0; i < expected.remaining(); i++) {
      // A NaN is never lost in a maximum.
      error = Math.max(error, Math.abs((double) output.get(i) - expected.get(i)));
      magnitude = Math.max(magnitude, Math.abs(expected.get(i)));
    }
    return error / magnitude;
  }

  private static FloatBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }
  }

  /** The most memory that this process ever had; Linux only. */
  private static long peakBytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(text -> text.startsWith("VmHWM:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIBIBYTE;
    }
  }

  static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x")).mapToLong(Long::parseLong).toArray());
  }
}
