package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.Softmax;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.ConvolutionLayer;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.SeparableConv1D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasLayersTest {
  private static final String KERAS_3 =
      """
      {"module": "keras.layers", "class_name": "Conv2D", "config": {"name": "edges",
       "trainable": true, "dtype": {"module": "keras", "class_name": "DTypePolicy",
       "config": {"name": "float64"}, "registered_name": null}, "filters": 8,
       "kernel_size": [3, 5], "strides": [1, 1], "padding": "same",
       "data_format": "channels_first", "dilation_rate": [2, 1], "groups": 2,
       "activation": "relu", "use_bias": false, "kernel_initializer": {"module":
       "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null},
       "registered_name": null}, "bias_initializer": null, "kernel_regularizer": null,
       "bias_regularizer": null, "activity_regularizer": null, "kernel_constraint": null,
       "bias_constraint": null}, "registered_name": null,
       "build_config": {"input_shape": [null, 4, 9, 9]}}
      """;

  @Test
  void readsWhatKeras3Serializes() {
    KerasLayer read = KerasLayers.parse(KERAS_3, "test");
    assertThat(read.dataType()).isEqualTo(DataType.FLOAT64);
    assertThat(read.layer())
        .isEqualTo(
            Conv2D.of(8, 3, 5)
                .name("edges")
                .padding(Padding.SAME)
                .dataFormat(DataFormat.CHANNELS_FIRST)
                .dilationRate(2, 1)
                .groups(2)
                .activation(Activation.RELU)
                .useBias(false));
  }

  @Test
  void readsThePlainOlderForm() {
    KerasLayer read =
        KerasLayers.parse(
            """
            {"class_name": "Conv1D", "config": {"name": "causal", "dtype": "float32",
             "batch_input_shape": [null, 20, 3], "filters": 4, "kernel_size": [3],
             "padding": "causal", "dilation_rate": [4]}}
            """,
            "test");
    assertThat(read)
        .isEqualTo(
            new KerasLayer(
                Conv1D.of(4, 3).name("causal").padding(Padding.CAUSAL).dilationRate(4),
                DataType.FLOAT32));
  }

  @Test
  void takesKerasDefaultsForWhatIsMissing() {
    assertThat(layer("Conv2D", "\"filters\": 2, \"kernel_size\": 3")).isEqualTo(Conv2D.of(2, 3));
    assertThat(layer("DepthwiseConv1D", "\"kernel_size\": [3]")).isEqualTo(DepthwiseConv1D.of(3));
  }

  @Test
  void distinguishesNoOutputPaddingFromZero() {
    String given = "\"filters\": 2, \"kernel_size\": 3, \"strides\": 2, \"output_padding\": ";
    assertThat(((Conv2DTranspose) layer("Conv2DTranspose", given + "null")).outputPadding())
        .isNull();
    assertThat(((Conv2DTranspose) layer("Conv2DTranspose", given + "[0, 1]")).outputPadding())
        .isEqualTo(IntTuple.of(0, 1));
  }

  @Test
  void runsCausalSeparableLayersAsKeras2Did() {
    assertThat(
            layer("SeparableConv1D", "\"filters\": 2, \"kernel_size\": 3, \"padding\": \"causal\""))
        .isEqualTo(SeparableConv1D.of(2, 3).padding(Padding.CAUSAL));
  }

  @Test
  void readsEveryWayToWriteAnActivation() {
    assertThat(activation("null")).isEqualTo(Activation.LINEAR);
    assertThat(activation("\"swish\"")).isEqualTo(Activation.SILU);
    assertThat(
            activation(
                "{\"class_name\": \"function\", \"config\": \"relu6\", \"module\": \"builtins\"}"))
        .isEqualTo(Activation.RELU6);
    assertThat(
            activation(
                """
                {"class_name": "ReLU", "config": {"name": "r", "max_value": 6.0,
                 "negative_slope": 0.1, "threshold": 0.5}}
                """))
        .isEqualTo(new Elementwise.Relu(6, 0.1, 0.5));
    assertThat(activation("{\"class_name\": \"LeakyReLU\", \"config\": {\"alpha\": 0.25}}"))
        .isEqualTo(new Elementwise.Relu(Double.POSITIVE_INFINITY, 0.25, 0));
    assertThat(activation("{\"class_name\": \"LeakyReLU\", \"config\": {}}"))
        .isEqualTo(new Elementwise.Relu(Double.POSITIVE_INFINITY, 0.3, 0));
    assertThat(activation("{\"class_name\": \"Softmax\", \"config\": {\"axis\": 1}}"))
        .isEqualTo(new Softmax(1, false));
    assertThat(
            activation("{\"class_name\": \"Activation\", \"config\": {\"activation\": \"mish\"}}"))
        .isEqualTo(Activation.MISH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'filters': 2                                                | kernel_size is missing",
        "'kernel_size': 3                                            | filters is missing",
        "'filters': 0, 'kernel_size': 3                              | filters must be",
        "'filters': 2.5, 'kernel_size': 3                            | filters must be",
        "'filters': 99999999999, 'kernel_size': 3                    | filters must be",
        "'filters': 2, 'kernel_size': [3]                            | kernel_size must be",
        "'filters': 2, 'kernel_size': [3, 'x']                       | kernel_size must be",
        "'filters': 2, 'kernel_size': 3, 'strides': 0                | strides must be",
        "'filters': 2, 'kernel_size': 3, 'strides': null             | strides is missing",
        "'filters': 2, 'kernel_size': 3, 'padding': 'causal'         | padding must be",
        "'filters': 2, 'kernel_size': 3, 'padding': 'full'           | padding must be one of",
        "'filters': 2, 'kernel_size': 3, 'data_format': 'nchw'       | data_format must be",
        "'filters': 3, 'kernel_size': 3, 'groups': 2                 | groups must be",
        "'filters': 2, 'kernel_size': 3, 'activation': 'glu'         | activation must be one of",
        "'filters': 2, 'kernel_size': 3, 'activation': 3             | activation must be",
        "'filters': 2, 'kernel_size': 3, 'use_bias': 'yes'           | use_bias must be true",
        "'filters': 2, 'kernel_size': 3, 'lora_rank': 4              | lora_rank is not supported",
        "'filters': 2, 'kernel_size': 3, 'kernal_size': 4            | no argument 'kernal_size'",
        "'filters': 2, 'kernel_size': 3, 'dtype': 'int8'             | dtype must be",
        "'filters': 2, 'kernel_size': 3, 'strides': 2, 'dilation_rate': 2 | dilation_rate must be",
      })
  void refusesWhatKerasRefuses(String config, String message) {
    assertThatThrownBy(() -> layer("Conv2D", config.replace('\'', '"')))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("Layer 'conv2d'")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "3",
        "{",
        "{}",
        "{\"class_name\": \"Conv2D\"}",
        "{\"class_name\": 3, \"config\": {}}",
        "{\"class_name\": \"Conv2D\", \"config\": {}} x",
        "{\"class_name\": \"Conv2D\", \"config\": {\"filters\": 1, \"filters\": 2}}",
      })
  void refusesTextThatIsNoLayer(String json) {
    assertThatThrownBy(() -> KerasLayers.parse(json, "layer.json"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("layer.json");
  }

  @Test
  void survivesDeepNestingAndDamage() {
    String deep = "{\"class_name\":".repeat(100_000);
    assertThatThrownBy(() -> KerasLayers.parse(deep, "layer.json"))
        .isInstanceOf(MalformedFileException.class);
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder damaged = new StringBuilder(KERAS_3);
      for (int change = random.nextInt(4); change >= 0; change--) {
        damaged.setCharAt(random.nextInt(damaged.length()), (char) (32 + random.nextInt(95)));
      }
      try {
        KerasLayers.parse(damaged.toString(), "layer.json");
      } catch (Conv4jException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void tellsWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> KerasLayers.read(folder.resolve("layer.json")))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("layer.json");
    assertThatThrownBy(() -> KerasLayers.read(folder)).isInstanceOf(FileAccessException.class);
    Path binary = Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(() -> KerasLayers.read(binary)).isInstanceOf(MalformedFileException.class);
  }

  @Test
  void picksWeightsByTheirVariableNames() {
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, Shape.of(3, 2, 1));
        Tensor bias = Tensor.allocate(DataType.FLOAT32, Shape.of(2))) {
      KerasLayer depthwise = new KerasLayer(DepthwiseConv1D.of(3), DataType.FLOAT32);
      assertThat(depthwise.weights(Map.of("d/depthwise_kernel:0", kernel)).get("kernel"))
          .isEqualTo(new Constant.Given(kernel));
      assertThat(depthwise.weights(Map.of("kernel", kernel, "bias", bias)).get("bias"))
          .isEqualTo(new Constant.Given(bias));
      assertThatThrownBy(
              () -> depthwise.weights(Map.of("kernel", kernel, "depthwise_kernel", kernel)))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("two");
    }
  }

  private static Object layer(String className, String config) {
    return KerasLayers.parse(
            "{\"class_name\": \"%s\", \"config\": {%s}}".formatted(className, config), "test")
        .layer();
  }

  private static Activation activation(String json) {
    return ((ConvolutionLayer<?>)
            layer("Conv1D", "\"filters\": 1, \"kernel_size\": 1, \"activation\": " + json))
        .options()
        .activation();
  }
}
