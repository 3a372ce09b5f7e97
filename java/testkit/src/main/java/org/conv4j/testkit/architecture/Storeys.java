package org.conv4j.testkit.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plan of the house. Every package is on one floor of one module. It may know the packages on
 * the floors below it, and those of the modules that its module stands on; so nothing points up or
 * aside, and there are no circles. Names leave out {@code org.conv4j.}.
 */
public final class Storeys {
  /** What the name of every package begins with. */
  public static final String BASE = "org.conv4j.";

  /**
   * A module.
   *
   * @param name its name
   * @param below the modules that it stands on
   * @param floors its packages from the ground up
   */
  private record Module(String name, Set<String> below, List<List<String>> floors) {}

  private record Place(Module module, int floor) {}

  private static final Module CORE =
      new Module(
          "core",
          Set.of(),
          List.of(
              List.of("error", "function", "machine", "service", "team"),
              List.of("activation", "disk", "limit", "shape", "tensor.internal"),
              List.of("reference.index", "tensor"),
              List.of("op"),
              List.of("bytes", "npy", "portable.rows", "reference.loops", "wav", "weights"),
              List.of("frames"),
              List.of("engine"),
              List.of("lowering", "portable.tiles", "reference", "tuning"),
              List.of("layer", "notation", "plan", "portable.convolution"),
              List.of(
                  "layer.activation",
                  "layer.attention",
                  "layer.convolution",
                  "layer.core",
                  "layer.merging",
                  "layer.normalization",
                  "layer.pooling",
                  "layer.preprocessing",
                  "layer.recurrent",
                  "layer.reshaping",
                  "optimize",
                  "portable.operation"),
              List.of(
                  "layer.applications",
                  "layer.convolution.recurrent",
                  "model",
                  "operation",
                  "portable"),
              List.of("file", "operation.reshaping", "stream.analysis"),
              List.of("stream.execution"),
              List.of("stream")));

  private static final Module IMAGE =
      new Module("image", Set.of("core"), List.of(List.of("image")));

  private static final Module KERAS =
      new Module(
          "keras",
          Set.of("core"),
          List.of(
              List.of("keras.hdf5.structure", "keras.json", "keras.writer", "keras.zip"),
              List.of("keras.graph", "keras.hdf5.chunk", "keras.layer"),
              List.of("keras.custom", "keras.hdf5", "keras.operation"),
              List.of("keras.file"),
              List.of("keras.model"),
              List.of("keras.weights"),
              List.of("keras")));

  private static final Module NAM =
      new Module("nam", Set.of("core", "keras"), List.of(List.of("nam")));

  private static final Module ONEDNN =
      new Module(
          "onednn",
          Set.of("core"),
          List.of(
              List.of("onednn.binding"),
              List.of("onednn.choice"),
              List.of("onednn.primitive"),
              List.of("onednn.primitive.convolution", "onednn.primitive.operation"),
              List.of("onednn.frames", "onednn.kernel"),
              List.of("onednn")));

  private static final Module ONNX =
      new Module(
          "onnx",
          Set.of("core"),
          List.of(
              List.of("onnx.format"),
              List.of("onnx.shape"),
              List.of("onnx.call"),
              List.of("onnx.product", "onnx.recurrent"),
              List.of("onnx.operator"),
              List.of("onnx.importer"),
              List.of("onnx")));

  private static final Module TESTKIT =
      new Module(
          "testkit",
          Set.of("core", "keras"),
          List.of(
              List.of("testkit.architecture", "testkit.cases", "testkit.docs", "testkit.goldens"),
              List.of("testkit.bound", "testkit.random"),
              List.of("testkit.fuzz", "testkit.stream"),
              List.of("testkit.contract")));

  private static final Module CLI =
      new Module(
          "cli",
          Set.of("core", "image", "keras"),
          List.of(
              List.of("cli.data"),
              List.of("cli.demo", "cli.measure"),
              List.of("cli.report"),
              List.of("cli.command"),
              List.of("cli")));

  private static final Module DJL =
      new Module("djl", Set.of("core"), List.of(List.of("djl.memory"), List.of("djl")));

  private static final Module DL4J =
      new Module(
          "dl4j",
          Set.of("core"),
          List.of(List.of("dl4j.layer"), List.of("dl4j.convert"), List.of("dl4j")));

  private static final Module ONNXRUNTIME =
      new Module("onnxruntime", Set.of("core"), List.of(List.of("onnxruntime")));

  private static final Module TENSORFLOW =
      new Module("tensorflow", Set.of("core"), List.of(List.of("tensorflow")));

  private static final Module SPARK =
      new Module("spark", Set.of("core", "image"), List.of(List.of("spark")));

  private static final Module BENCH =
      new Module(
          "bench",
          Set.of("core", "keras", "onednn"),
          List.of(
              List.of("bench.bridge", "bench.cases", "bench.peer", "bench.record"),
              List.of("bench.models", "bench.report", "bench.run", "bench.threads"),
              List.of("bench.stream"),
              List.of("bench.command"),
              List.of("bench")));

  private static final Module PEERS =
      new Module(
          "peers",
          Set.of("core", "bench"),
          List.of(
              List.of("bench.peers"),
              List.of(
                  "bench.peers.djl",
                  "bench.peers.litert",
                  "bench.peers.nd4j",
                  "bench.peers.onnxruntime",
                  "bench.peers.pytorch",
                  "bench.peers.tensorflow")));

  private static final Map<String, Place> PLACES =
      places(
          List.of(
              CORE,
              IMAGE,
              KERAS,
              NAM,
              ONEDNN,
              ONNX,
              TESTKIT,
              CLI,
              DJL,
              DL4J,
              ONNXRUNTIME,
              TENSORFLOW,
              SPARK,
              BENCH,
              PEERS));

  private Storeys() {}

  private static Map<String, Place> places(List<Module> modules) {
    Map<String, Place> places = new HashMap<>();
    for (Module module : modules) {
      for (int floor = 0; floor < module.floors().size(); floor++) {
        for (String name : module.floors().get(floor)) {
          if (places.put(BASE + name, new Place(module, floor)) != null) {
            throw new IllegalStateException("The package " + name + " is on two floors.");
          }
        }
      }
    }
    return places;
  }

  /**
   * Returns all packages.
   *
   * @return their full names
   */
  public static Set<String> packages() {
    return new TreeSet<>(PLACES.keySet());
  }

  /**
   * Returns the packages of a module.
   *
   * @param module its name
   * @return their full names
   */
  public static List<String> packagesOf(String module) {
    List<String> packages = new ArrayList<>();
    PLACES.forEach(
        (name, place) -> {
          if (place.module().name().equals(module)) {
            packages.add(name);
          }
        });
    return packages;
  }

  /**
   * Returns whether one package may know another.
   *
   * @param from the full name of a package
   * @param to the full name of another one
   * @return true if both are in the plan, and the other one is below the first or is the first
   */
  public static boolean mayKnow(String from, String to) {
    Place above = PLACES.get(from);
    Place below = PLACES.get(to);
    if (above == null || below == null) {
      return false;
    }
    if (above.module() == below.module()) {
      return above.floor() > below.floor() || from.equals(to);
    }
    return above.module().below().contains(below.module().name());
  }
}
