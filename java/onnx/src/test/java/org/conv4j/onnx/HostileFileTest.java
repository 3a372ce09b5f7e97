package org.conv4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conv4j.onnx.Proto.graph;
import static org.conv4j.onnx.Proto.inputs;
import static org.conv4j.onnx.Proto.integers;
import static org.conv4j.onnx.Proto.message;
import static org.conv4j.onnx.Proto.model;
import static org.conv4j.onnx.Proto.node;
import static org.conv4j.onnx.Proto.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.LimitExceededException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.limit.Limits;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile file may try: each try ends in a typed exception, soon and with little memory. */
@Timeout(60)
class HostileFileTest {
  private static final Shape INPUT = Shape.of(1, 2, 4, 4);
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private static OnnxModel load(byte[] content) {
    return OnnxModels.load(content, "hostile.onnx", Limits.DEFAULT);
  }

  private static ThrowingCallable loading(Proto graph, Proto... functions) {
    return () -> load(model(graph, functions)).close();
  }

  private static ThrowingCallable lowering(Proto graph) {
    return () -> {
      try (OnnxModel loaded = load(model(graph))) {
        loaded.model().lower(List.of(INPUT));
      }
    };
  }

  @Test
  void aSoundFileIsRead() {
    try (OnnxModel loaded = load(model(graph(node("Relu", inputs("x"), "y"))))) {
      assertThat(loaded.model().outputShape(INPUT)).isEqualTo(INPUT);
    }
  }

  @Test
  void nodesMayStandInAnyOrder() {
    Proto graph = graph(node("Relu", inputs("a"), "y"), node("Neg", inputs("x"), "a"));
    try (OnnxModel loaded = load(model(graph))) {
      assertThat(loaded.model().nodes()).hasSize(2);
    }
  }

  @Test
  void circlesAreNamed() {
    Proto graph =
        graph(
            node("Add", inputs("x", "b"), "a"),
            node("Add", inputs("a", "x"), "b"),
            node("Relu", inputs("b"), "y"));
    assertThatThrownBy(loading(graph))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("circle");
  }

  @Test
  void danglingNamesAreNamed() {
    assertThatThrownBy(loading(graph(node("Add", inputs("x", "nowhere"), "y"))))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'nowhere'");
    assertThatThrownBy(loading(graph()))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'y'");
  }

  @Test
  void aValueIsDefinedOnce() {
    Proto twice = graph(node("Relu", inputs("x"), "y"), node("Neg", inputs("x"), "y"));
    assertThatThrownBy(loading(twice)).hasMessageContaining("'y' more than once");
    assertThatThrownBy(loading(graph(node("Relu", inputs("x"), "x", "y"))))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'x' more than once");
  }

  @Test
  void allMissingOperatorsAreNamedAtOnce() {
    Proto graph =
        graph(
            node("Frobnicate", inputs("x"), "a"),
            node("Quux", inputs("a"), "b"),
            node("Quux", inputs("b"), "y"));
    assertThatThrownBy(loading(graph))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("Frobnicate (node '[a]')")
        .hasMessageContaining("Quux (2 nodes, the first is '[b]')")
        .hasMessageContaining("opset 17");
  }

  @Test
  void elementsThatAreNotThereAreNotAllocated() {
    Proto huge = tensor("w", FLOAT, 1 << 14, 1 << 14).bytes(9, new byte[16]);
    Proto graph = graph(node("Add", inputs("x", "w"), "y")).message(5, huge);
    assertThatThrownBy(
            () -> {
              try (OnnxModel loaded = load(model(graph))) {
                loaded.model().nodes().get(0).weights().get("w").elements();
              }
            })
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("16 bytes")
        .hasMessageContaining("1073741824");
    Proto packed = tensor("w", FLOAT, 1 << 14, 1 << 14).bytes(4, new byte[16]);
    Proto other = graph(node("Add", inputs("x", "w"), "y")).message(5, packed);
    assertThatThrownBy(
            () -> {
              try (OnnxModel loaded = load(model(other))) {
                loaded.model().nodes().get(0).weights().get("w").elements();
              }
            })
        .isInstanceOf(MalformedFileException.class);
  }

  @Test
  void absurdExtentsAreRefused() {
    Proto overflow = tensor("w", FLOAT, 1L << 62, 1L << 62);
    assertThatThrownBy(loading(graph(node("Add", inputs("x", "w"), "y")).message(5, overflow)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'w' has an impossible shape");
    Proto negative = tensor("w", FLOAT, -5);
    assertThatThrownBy(loading(graph(node("Add", inputs("x", "w"), "y")).message(5, negative)))
        .isInstanceOf(MalformedFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Reshape", "Expand", "Tile"})
  void hugeResultsAreRefused(String operator) {
    Proto shape = integers("s", 1L << 40, 1L << 40, 1L << 40, 1L << 40);
    Proto graph = graph(node(operator, inputs("x", "s"), "y")).message(5, shape);
    assertThatThrownBy(lowering(graph)).isInstanceOf(Conv4jException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 20, 1L << 40, Long.MAX_VALUE})
  void hugeConstantsAreRefused(long extent) {
    Proto shape = integers("s", extent, extent);
    Proto graph =
        graph(
                node("ConstantOfShape", inputs("s"), "c"),
                node("NonZero", inputs("c"), "n"),
                node("Add", inputs("x", "n"), "y"))
            .message(5, shape);
    assertThatThrownBy(lowering(graph)).isInstanceOf(Conv4jException.class);
  }

  @Test
  void aRangeWithoutEndIsRefused() {
    Proto graph =
        graph(node("Range", inputs("a", "b", "c"), "r"), node("Gather", inputs("x", "r"), "y"));
    for (String name : List.of("a", "b", "c")) {
      long number = name.equals("b") ? Long.MAX_VALUE : name.equals("c") ? 1 : 0;
      graph.message(5, tensor(name, INT64).number(7, number));
    }
    assertThatThrownBy(loading(graph)).isInstanceOf(InvalidLayerException.class);
  }

  @Test
  void constantsThatDoubleAreCounted() {
    Proto graph = graph().message(5, integers("c0", 1, 2));
    int count = 60;
    for (int i = 0; i < count; i++) {
      graph.message(1, node("Concat", inputs("c" + i, "c" + i), "c" + (i + 1)).message(5, axis()));
    }
    graph.message(1, node("Add", inputs("x", "c" + count), "y"));
    assertThatThrownBy(loading(graph)).isInstanceOf(Conv4jException.class);
  }

  private static Proto axis() {
    return message().text(1, "axis").number(3, 0);
  }

  @Test
  void graphsInGraphsHaveADepth() {
    Proto inner = graph(node("Relu", inputs("x"), "y"));
    for (int i = 0; i < 100; i++) {
      Proto attribute = message().text(1, "then_branch").message(6, inner);
      inner = graph(node("If", inputs("x"), "y").message(5, attribute));
    }
    assertThatThrownBy(loading(inner))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("nested");
  }

  private static Proto function(String name, String called) {
    return message()
        .text(1, name)
        .text(4, "a")
        .text(5, "c")
        .message(7, node(called, inputs("a"), "b").text(7, "f"))
        .message(7, node(called, inputs("b"), "c").text(7, "f"))
        .text(10, "f");
  }

  @Test
  void functionsThatCallThemselvesAreRefused() {
    Proto graph = graph(node("F", inputs("x"), "y").text(7, "f"));
    assertThatThrownBy(loading(graph, function("F", "F")))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void functionsThatDoubleAreCounted() {
    Proto[] functions = new Proto[30];
    for (int i = 0; i < functions.length; i++) {
      functions[i] = function("F" + i, "F" + (i + 1));
    }
    functions[29] =
        message()
            .text(1, "F29")
            .text(4, "a")
            .text(5, "c")
            .message(7, node("Relu", inputs("a"), "c"))
            .text(10, "f");
    Proto graph = graph(node("F0", inputs("x"), "y").text(7, "f"));
    assertThatThrownBy(loading(graph, functions)).isInstanceOf(LimitExceededException.class);
  }

  @Test
  void aLongChainTakesNoDeepStack() {
    Proto graph = graph().message(5, integers("s0", 1, 2, 4, 4));
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      graph.message(1, node("Neg", inputs(i == 0 ? "x" : "a" + i), "a" + (i + 1)));
    }
    graph.message(1, node("Relu", inputs("a" + count), "y"));
    try (OnnxModel loaded = load(model(graph))) {
      assertThat(loaded.model().nodes()).hasSize(count + 1);
    }
  }

  private static Proto outside(String location) {
    Proto entry = message().text(1, "location").text(2, location);
    return graph(node("Add", inputs("x", "w"), "y"))
        .message(5, tensor("w", FLOAT, 4).number(14, 1).message(13, entry));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.bin", "/etc/hostname", "", "a/../../secret.bin", "link.bin"})
  void weightsOutsideTheFolderAreNotRead(String location, @TempDir Path folder) throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.write(folder.resolve("secret.bin"), new byte[16]);
    Files.createSymbolicLink(inside.resolve("link.bin"), folder.resolve("secret.bin"));
    Path file = Files.write(inside.resolve("m.onnx"), model(outside(location)));
    try (OnnxModel loaded = OnnxModels.load(file)) {
      assertThatThrownBy(() -> loaded.model().nodes().get(0).weights().get("w").elements())
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("not inside the model's folder");
    }
  }

  @Test
  void weightsBesideTheModelAreRead(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[16]);
    Path file = Files.write(folder.resolve("m.onnx"), model(outside("w.bin")));
    try (OnnxModel loaded = OnnxModels.load(file)) {
      assertThat(loaded.model().nodes().get(0).weights().get("w").elements()).hasSize(4);
    }
    Path other = Files.write(folder.resolve("o.onnx"), model(outside("missing.bin")));
    try (OnnxModel loaded = OnnxModels.load(other)) {
      assertThatThrownBy(() -> loaded.model().nodes().get(0).weights().get("w").elements())
          .isInstanceOf(FileAccessException.class);
    }
  }

  @Test
  void lengthsThatLeaveTheFileAreRefused() {
    byte[] content = message().number(1, 8).declared(7, 1L << 40).raw((byte) 1).toBytes();
    assertThatThrownBy(() -> load(content))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("1099511627776 bytes");
  }

  @Test
  void attributesThatDoNotFitAreRefused() {
    Proto pads = message().text(1, "pads").number(8, 1);
    Proto kernel = message().text(1, "kernel_shape").number(8, 1L << 33).number(8, -1);
    Proto graph = graph(node("MaxPool", inputs("x"), "y").message(5, pads).message(5, kernel));
    assertThatThrownBy(lowering(graph)).isInstanceOf(InvalidLayerException.class);
    Proto noInputs = graph(node("Add", inputs(), "y"));
    assertThatThrownBy(lowering(noInputs)).isInstanceOf(InvalidLayerException.class);
  }
}
