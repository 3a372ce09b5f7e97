package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.engine.Tuning;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TuningTest {
  private static final LayerCase DENSE =
      new LayerCase(Conv2D.of(32, 3).padding(Padding.SAME), Shape.of(1, 28, 28, 32));
  private static final LayerCase TINY = new LayerCase(Conv2D.of(8, 1), Shape.of(1, 4, 4, 8));

  @TempDir private Path folder;

  private static Stream<LayerCase> cases() {
    return Stream.of(
        DENSE,
        TINY,
        new LayerCase(Conv2D.of(32, 3).groups(4), Shape.of(1, 30, 30, 32)),
        new LayerCase(Conv2D.of(24, 1), Shape.of(1, 30, 30, 96)),
        new LayerCase(Conv2D.of(32, 3).strides(2), Shape.of(1, 40, 40, 3)),
        new LayerCase(Conv2D.of(3, 3), Shape.of(1, 40, 40, 3)),
        new LayerCase(DepthwiseConv2D.of(3), Shape.of(1, 30, 30, 32)),
        new LayerCase(DepthwiseConv2D.of(3).depthMultiplier(2), Shape.of(1, 30, 30, 32)),
        new LayerCase(
            DepthwiseConv1D.of(3).padding(Padding.CAUSAL).dilationRate(4), Shape.of(1, 500, 64)),
        new LayerCase(Conv1D.of(64, 5), Shape.of(1, 200, 16)),
        new LayerCase(Conv2DTranspose.of(16, 4).strides(2), Shape.of(1, 14, 14, 16)));
  }

  /** What the cache says is done, so a compilation that finds an entry cannot have timed. */
  @ParameterizedTest
  @MethodSource("cases")
  void everyCandidateCanBeChosenAndIsRight(LayerCase layerCase) throws IOException {
    for (DataType dataType : new OneDnnEngine().dataTypes()) {
      Files.deleteIfExists(cache());
      try (CaseData data = layerCase.integers(1)) {
        double[] expected = data.run(new ReferenceEngine(), dataType);
        Outputs.assertExact(layerCase, run(data, dataType, exact()), expected);
        // An op that only one kernel computes needs no entry.
        for (String candidate : Files.exists(cache()) ? candidates() : List.<String>of()) {
          choose(candidate);

          Outputs.assertExact(candidate, run(data, dataType, exact()), expected);

          assertThat(entry()[1]).isEqualTo(candidate);
        }
      }
    }
  }

  @Test
  void theCacheSaysWhichKernelAndHowManyThreads() throws IOException {
    needsTheLibrary();
    try (CaseData data = DENSE.integers(1)) {
      run(data, DataType.FLOAT32, exact());
      for (String candidate : List.of("DirectConvolution/1", "NativeDenseConvolution/1")) {
        choose(candidate);

        try (Plan plan = compile(data, DataType.FLOAT32, exact())) {
          assertThat(plan.steps().get(0).kernel())
              .isEqualTo(candidate.startsWith("Direct") ? "direct" : "native-dense");
          assertThat(plan.steps().get(0).threads()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void kernelsThatRoundDifferentlyCompeteOnlyIfThatIsAllowed() throws IOException {
    needsTheLibrary();
    try (CaseData data = DENSE.integers(1)) {
      run(data, DataType.FLOAT32, exact());
      assertThat(candidates()).noneMatch(name -> name.contains("Winograd"));
      Files.delete(cache());

      run(data, DataType.FLOAT32, exact().withExact(false));

      assertThat(candidates()).anyMatch(name -> name.contains("Winograd"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void severalThreadsCompeteForLargeOpsInLatencyModeOnly(PerformanceMode mode) throws IOException {
    needsTheLibrary();
    int processors = Runtime.getRuntime().availableProcessors();
    try (CaseData large = DENSE.integers(1);
        CaseData small = TINY.integers(1)) {
      run(large, DataType.FLOAT32, exact().withMode(mode));
      assertThat(candidates()).contains("DirectConvolution/1");
      assertThat(candidates().contains("DirectConvolution/" + processors))
          .isEqualTo(processors == 1 || mode == PerformanceMode.LATENCY);
      Files.delete(cache());

      run(small, DataType.FLOAT32, exact().withMode(mode));

      assertThat(candidates()).allMatch(name -> name.endsWith("/1"));
    }
  }

  private static void needsTheLibrary() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
  }

  private CompileOptions exact() {
    return CompileOptions.DEFAULT.withExact(true).withTuning(Tuning.on(cache()));
  }

  private static Plan compile(CaseData data, DataType dataType, CompileOptions options) {
    return data.model().compile(data.input().shape(), dataType, new OneDnnEngine(), options);
  }

  private static double[] run(CaseData data, DataType dataType, CompileOptions options) {
    try (Plan plan = compile(data, dataType, options);
        Session session = plan.newSession();
        Tensor input = data.input().copyAs(dataType);
        Tensor output = Tensor.allocate(dataType, plan.outputShape())) {
      session.run(input, output);
      return output.toDoubleArray();
    }
  }

  private Path cache() {
    return folder.resolve("tuning");
  }

  /** The key and the value of the only entry. */
  private String[] entry() throws IOException {
    List<String> lines = Files.readAllLines(cache());
    assertThat(lines).hasSize(2);
    return lines.get(1).split("\t");
  }

  /** The names in the key. */
  private List<String> candidates() throws IOException {
    return Arrays.stream(entry()[0].split("; "))
        .filter(part -> part.matches("\\w+/\\d+(,\\w+/\\d+)*"))
        .flatMap(part -> Arrays.stream(part.split(",")))
        .toList();
  }

  private void choose(String candidate) throws IOException {
    String[] entry = entry();
    Files.writeString(
        cache(), Files.readAllLines(cache()).get(0) + "\n" + entry[0] + "\t" + candidate + "\n");
  }
}
