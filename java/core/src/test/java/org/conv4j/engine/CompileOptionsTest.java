package org.conv4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.op.Convolution;
import org.conv4j.portable.JavaEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CompileOptionsTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final CompileOptions THROUGHPUT =
      CompileOptions.DEFAULT.withMode(PerformanceMode.THROUGHPUT);

  @Test
  void latencyUsesAllProcessorsOrWhatIsAskedForUpToThem() {
    assertThat(CompileOptions.DEFAULT.threadLimit()).isEqualTo(PROCESSORS);
    assertThat(CompileOptions.DEFAULT.withThreads(1).threadLimit()).isEqualTo(1);
    assertThat(CompileOptions.DEFAULT.withThreads(PROCESSORS + 1).threadLimit())
        .isEqualTo(PROCESSORS);
  }

  @Test
  void throughputUsesTheCallersThread() {
    assertThat(THROUGHPUT.threadLimit()).isEqualTo(1);
    assertThat(THROUGHPUT.withThreads(1).threadLimit()).isEqualTo(1);
  }

  @Test
  void throughputWithMoreThreadsIsAContradictionInEitherOrder() {
    assertThatThrownBy(() -> THROUGHPUT.withThreads(4))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContainingAll("THROUGHPUT", "must be 1", "given 4");
    CompileOptions four = CompileOptions.DEFAULT.withThreads(4);
    assertThatThrownBy(() -> four.withMode(PerformanceMode.THROUGHPUT))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void theJavaEngineHonoursTheMode() {
    IntTuple one = IntTuple.of(1, 1);
    Shape shape = Shape.of(1, 64, 64, 32);
    Window window = new Window(one, one, one, IntTuple.of(0, 0), IntTuple.of(0, 0));
    Convolution op = new Convolution(shape, shape, window, 1, false, ElementwiseFunction.LINEAR);
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 1, 32, 32));
        CompiledOp throughput = compile(op, kernel, THROUGHPUT);
        CompiledOp latency = compile(op, kernel, CompileOptions.DEFAULT)) {
      assertThat(throughput.threads()).isEqualTo(1);
      assertThat(latency.threads()).isEqualTo(Math.min(PROCESSORS, latency.threads()));
      assertThat(latency.threads() > 1).isEqualTo(PROCESSORS > 1);
    }
  }

  private static CompiledOp compile(Convolution op, Tensor kernel, CompileOptions options) {
    return new JavaEngine().compileAlone(op, DataType.FLOAT32, List.of(kernel), options);
  }

  @Test
  void theCacheIsWhereThePropertyTheCacheHomeOrTheHomeSays() {
    Path home = Path.of("home").toAbsolutePath();
    Path caches = Path.of("caches").toAbsolutePath();

    assertThat(Tuning.cache("file", caches.toString(), home.toString())).contains(Path.of("file"));
    assertThat(Tuning.cache(null, caches.toString(), home.toString()))
        .contains(caches.resolve("conv4j").resolve("tuning"));
    assertThat(Tuning.cache("", "", home.toString()))
        .contains(home.resolve(".cache").resolve("conv4j").resolve("tuning"));
    assertThat(Tuning.cache(null, "relative", home.toString()))
        .contains(home.resolve(".cache").resolve("conv4j").resolve("tuning"));
    assertThat(Tuning.cache(null, null, null)).isEmpty();
    assertThat(Tuning.cache("\0", null, null)).isEmpty();
  }
}
