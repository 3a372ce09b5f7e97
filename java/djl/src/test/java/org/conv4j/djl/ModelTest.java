package org.conv4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading, options, layouts, lifetimes, and what happens when something is wrong. */
class ModelTest {
  private final NDManager manager = Engine.getEngine("Conv4j").newBaseManager();

  @TempDir Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray image(long... shape) {
    Random random = new Random(3);
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return manager.create(values, new Shape(shape));
  }

  private static float[] run(ZooModel<NDList, NDList> model, NDArray input) throws Exception {
    try (Predictor<NDList, NDList> predictor = model.newPredictor()) {
      return predictor.predict(new NDList(input)).singletonOrThrow().toFloatArray();
    }
  }

  @Test
  void channelsAreFoundWhereverTheyAre() throws Exception {
    try (ZooModel<NDList, NDList> model = Djl.arrays("small.keras").build().loadModel()) {
      NDArray last = image(1, 24, 32, 3);
      float[] expected = run(model, last);
      assertThat(run(model, last.transpose(0, 3, 1, 2))).containsExactly(expected);
      NDArray copied = last.transpose(0, 3, 1, 2).flatten().reshape(1, 3, 24, 32);
      assertThat(run(model, copied)).containsExactly(expected);
      assertThat(model.describeInput().get("image")).isEqualTo(new Shape(-1, 24, 32, 3));
      assertThat(model.describeOutput().get(0).getValue()).isEqualTo(new Shape(-1, 5));
    }
  }

  @Test
  void aLayoutIsKeptAsAsked() throws Exception {
    try (ZooModel<NDList, NDList> model =
        Djl.arrays("small.keras").optOption("layout", "NCHW").build().loadModel()) {
      NDArray first = image(1, 3, 24, 32);
      assertThat(run(model, first)).hasSize(5);
      assertThatThrownBy(() -> run(model, first.transpose(0, 2, 3, 1)))
          .isInstanceOf(TranslateException.class)
          .hasRootCauseMessage(
              "Input 'image' must have the shape (None, 24, 32, 3); given (1, 32, 3, 24).");
    }
  }

  @Test
  void theModelIsFoundInAFolder() throws Exception {
    Files.copy(Djl.file("small.keras"), folder.resolve("anything.keras"));
    try (ZooModel<NDList, NDList> model =
        Djl.arrays("small.keras").optModelPath(folder).build().loadModel()) {
      assertThat(run(model, image(2, 24, 32, 3))).hasSize(10);
    }
    Files.copy(Djl.file("small.keras"), folder.resolve("other.keras"));
    assertThatThrownBy(() -> Djl.arrays("small.keras").optModelPath(folder).build().loadModel())
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("several models")
        .hasMessageContaining("optModelName");
    try (ZooModel<NDList, NDList> model =
        Djl.arrays("small.keras").optModelPath(folder).optModelName("other").build().loadModel()) {
      assertThat(model.getName()).isEqualTo("other");
    }
  }

  @Test
  void aMissingModelIsSaidToBeMissing() {
    assertThatThrownBy(() -> Djl.arrays("small.keras").optModelPath(folder).build().loadModel())
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("There is no model in");
  }

  @Test
  void aDamagedModelIsMalformed() throws Exception {
    Path damaged = folder.resolve("damaged.keras");
    byte[] content = Files.readAllBytes(Djl.file("small.keras"));
    Files.write(damaged, java.util.Arrays.copyOf(content, content.length / 2));
    assertThatThrownBy(() -> Djl.arrays("small.keras").optModelPath(damaged).build().loadModel())
        .isInstanceOf(MalformedModelException.class);
    Files.writeString(damaged, "no model at all");
    assertThatThrownBy(() -> Djl.arrays("small.keras").optModelPath(damaged).build().loadModel())
        .isInstanceOf(MalformedModelException.class)
        .hasMessageContaining("none of the formats");
  }

  @Test
  void aWrongShapeNamesTheInput() throws Exception {
    try (ZooModel<NDList, NDList> model = Djl.arrays("small.keras").build().loadModel()) {
      assertThatThrownBy(() -> run(model, image(1, 24, 24, 3)))
          .isInstanceOf(TranslateException.class)
          .hasCauseInstanceOf(EngineException.class)
          .hasMessageContaining("Input 'image' must have the shape (None, 24, 32, 3)");
      assertThatThrownBy(() -> run(model, image(4)))
          .isInstanceOf(TranslateException.class)
          .hasMessageContaining("Input 'image'");
      Predictor<NDList, NDList> predictor = model.newPredictor();
      assertThatThrownBy(() -> predictor.predict(new NDList(image(1), image(1))))
          .hasMessageContaining("takes 1 inputs, [image]; given 2");
      predictor.close();
    }
  }

  @Test
  void pixelsAreConvertedAndNoExamplesGiveNone() throws Exception {
    try (ZooModel<NDList, NDList> model = Djl.arrays("small.keras").build().loadModel()) {
      NDArray pixels = image(1, 24, 32, 3).mul(255).toType(DataType.UINT8, true);
      assertThat(run(model, pixels))
          .containsExactly(run(model, pixels.toType(DataType.FLOAT32, true)));
      try (Predictor<NDList, NDList> predictor = model.newPredictor()) {
        NDList none = predictor.predict(new NDList(image(0, 24, 32, 3)));
        assertThat(none.singletonOrThrow().getShape()).isEqualTo(new Shape(0, 5));
      }
    }
  }

  @Test
  void optionsAreChecked() {
    assertInvalid("threads", "many", "a whole number");
    assertInvalid("exact", "perhaps", "true or false");
    assertInvalid("layout", "CHWN", "one of [auto, nhwc, nchw]");
    assertInvalid("mode", "fast", "one of [latency, throughput]");
    assertThatThrownBy(
            () -> Djl.arrays("small.keras").optOption("engine", "none").build().loadModel())
        .hasMessageContaining("There is no engine 'none'");
  }

  private static void assertInvalid(String option, String value, String expected) {
    assertThatThrownBy(() -> Djl.arrays("small.keras").optOption(option, value).build().loadModel())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option '" + option + "'")
        .hasMessageContaining(expected);
  }

  @Test
  void float64IsComputedInFloat64() throws Exception {
    try (ZooModel<NDList, NDList> model =
            Djl.arrays("small.keras").optOption("dataType", "float64").build().loadModel();
        ZooModel<NDList, NDList> single = Djl.arrays("small.keras").build().loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      NDArray input = image(1, 24, 32, 3);
      NDArray output = predictor.predict(new NDList(input)).singletonOrThrow();
      assertThat(output.getDataType()).isEqualTo(DataType.FLOAT64);
      double[] doubles = output.toDoubleArray();
      float[] floats = run(single, input);
      for (int i = 0; i < floats.length; i++) {
        assertThat((double) floats[i])
            .isNotEqualTo(doubles[i])
            .isCloseTo(doubles[i], org.assertj.core.data.Offset.offset(1e-4));
      }
    }
  }

  @Test
  void resultsBelongToTheManagerOfTheInputs() throws Exception {
    NDManager other = Engine.getEngine("PyTorch").newBaseManager();
    try (ZooModel<NDList, NDList> model = Djl.arrays("small.keras").build().loadModel()) {
      NDArray input = other.from(image(1, 24, 32, 3));
      NDList output =
          model
              .getBlock()
              .forward(new ai.djl.training.ParameterStore(other, false), new NDList(input), false);
      assertThat(output.singletonOrThrow().getManager()).isSameAs(other);
      assertThat(other.from(output.singletonOrThrow()).add(1).getShape())
          .isEqualTo(new Shape(1, 5));
      other.close();
      assertThatThrownBy(() -> output.singletonOrThrow().toFloatArray())
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aClosedModelAndAClosedArrayAreErrors() throws Exception {
    ZooModel<NDList, NDList> model = Djl.arrays("small.keras").build().loadModel();
    Predictor<NDList, NDList> predictor = model.newPredictor();
    NDArray input = image(1, 24, 32, 3);
    NDArray closed = input.duplicate();
    closed.close();
    assertThatThrownBy(() -> predictor.predict(new NDList(closed)))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    predictor.predict(new NDList(input));
    model.close();
    assertThatThrownBy(() -> predictor.predict(new NDList(input)))
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void thereIsNoGraphicsProcessor() {
    assertThatThrownBy(() -> Engine.getEngine("Conv4j").newBaseManager(Device.gpu()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("computes on the processor");
  }
}
