package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.layer.Interpolation;
import org.conv4j.layer.Layer;
import org.conv4j.layer.activation.Activation;
import org.conv4j.layer.activation.LeakyReLU;
import org.conv4j.layer.activation.PReLU;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.activation.Softmax;
import org.conv4j.layer.applications.CustomScaleLayer;
import org.conv4j.layer.applications.LayerScale;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.core.TimeDistributed;
import org.conv4j.layer.normalization.BatchNormalization;
import org.conv4j.layer.normalization.LayerNormalization;
import org.conv4j.layer.pooling.GlobalAveragePooling2D;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.layer.pooling.MaxPooling2D;
import org.conv4j.layer.preprocessing.Moments;
import org.conv4j.layer.preprocessing.Normalization;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.layer.preprocessing.Resizing;
import org.conv4j.layer.reshaping.Cropping1D;
import org.conv4j.layer.reshaping.Reshape;
import org.conv4j.layer.reshaping.UpSampling2D;
import org.conv4j.layer.reshaping.ZeroPadding2D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers besides convolutions, as Keras 3 and Keras 2 write them. */
class OtherLayersReaderTest {
  private static Layer layer(String className, String arguments) {
    String json =
        "{\"class_name\": \"%s\", \"config\": {%s}}"
            .formatted(className, arguments.replace('\'', '"'));
    return KerasLayers.parse(json, "test").layer();
  }

  @Test
  void takesKerasDefaultsForWhatIsMissing() {
    assertThat(layer("Dense", "'units': 3")).isEqualTo(Dense.of(3));
    assertThat(layer("ReLU", "")).isEqualTo(ReLU.of());
    assertThat(layer("LeakyReLU", "")).isEqualTo(LeakyReLU.of());
    assertThat(layer("BatchNormalization", "")).isEqualTo(BatchNormalization.of());
    assertThat(layer("LayerNormalization", "")).isEqualTo(LayerNormalization.of());
    assertThat(layer("MaxPooling2D", "")).isEqualTo(MaxPooling2D.of(2));
    assertThat(layer("GlobalAveragePooling2D", "")).isEqualTo(GlobalAveragePooling2D.of());
    assertThat(layer("Cropping1D", "")).isEqualTo(Cropping1D.of(1));
    assertThat(layer("UpSampling2D", "")).isEqualTo(UpSampling2D.of(2));
    assertThat(layer("Resizing", "'height': 3, 'width': 4")).isEqualTo(Resizing.of(3, 4));
    assertThat(layer("Normalization", "")).isEqualTo(Normalization.of(-1));
  }

  @Test
  void readsTheSpellingsOfKeras2() {
    assertThat(
            layer(
                "BatchNormalization",
                "'name': 'bn', 'axis': [3], 'momentum': 0.9, 'epsilon': 0.01,"
                    + " 'beta_initializer': {'class_name': 'Zeros', 'config': {}},"
                    + " 'moving_mean_initializer': null, 'gamma_constraint': null"))
        .isEqualTo(BatchNormalization.of().name("bn").axis(3).epsilon(0.01));
    assertThat(layer("LeakyReLU", "'alpha': 0.1")).isEqualTo(LeakyReLU.of().negativeSlope(0.1));
    assertThat(layer("ThresholdedReLU", "'name': 't', 'theta': 0.5"))
        .isEqualTo(ReLU.of().name("t").threshold(0.5));
    assertThat(
            layer(
                "MaxPooling1D",
                "'pool_size': [3], 'strides': [2], 'padding': 'same',"
                    + " 'data_format': 'channels_first', 'batch_input_shape': [null, 8, 2]"))
        .isEqualTo(
            MaxPooling1D.of(3)
                .strides(2)
                .padding(Padding.SAME)
                .dataFormat(DataFormat.CHANNELS_FIRST));
    assertThat(layer("PReLU", "'shared_axes': [1, 2], 'alpha_initializer': null"))
        .isEqualTo(PReLU.of(1, 2));
  }

  @Test
  void readsBordersInAllTheirForms() {
    assertThat(layer("ZeroPadding2D", "'padding': 2")).isEqualTo(ZeroPadding2D.of(2));
    assertThat(layer("ZeroPadding2D", "'padding': [1, 2]")).isEqualTo(ZeroPadding2D.of(1, 2));
    assertThat(layer("ZeroPadding2D", "'padding': [[0, 1], [2, 3]]"))
        .isEqualTo(ZeroPadding2D.of(0, 1, 2, 3));
    assertThat(layer("Cropping1D", "'cropping': [1, 2]")).isEqualTo(Cropping1D.of(1, 2));
  }

  @Test
  void readsNumbersAndListsOfThem() {
    assertThat(layer("Rescaling", "'scale': 2, 'offset': -1.0")).isEqualTo(Rescaling.of(2, -1));
    assertThat(
            layer(
                "Rescaling",
                "'scale': {'class_name': '__numpy__', 'config': {'value': [1.0, 2.0],"
                    + " 'dtype': 'float64'}}, 'offset': [0, 1]"))
        .isEqualTo(new Rescaling("rescaling", List.of(1.0, 2.0), List.of(0.0, 1.0)));
    assertThat(layer("Normalization", "'axis': null, 'mean': 1.0, 'variance': 4"))
        .isEqualTo(Normalization.of().moments(Moments.of(1, 4)));
    assertThat(layer("Normalization", "'axis': [1, 2], 'mean': [[1], [2]], 'variance': [[3], [4]]"))
        .isEqualTo(
            Normalization.of(1, 2)
                .moments(new Moments(Shape.of(2, 1), List.of(1.0, 2.0), List.of(3.0, 4.0))));
    assertThat(layer("Softmax", "'axis': [1, 2]")).isEqualTo(Softmax.of(1, 2));
    assertThat(layer("Reshape", "'target_shape': [-1, 4]")).isEqualTo(Reshape.of(-1, 4));
  }

  @Test
  void readsLayersInsideLayers() {
    assertThat(
            layer(
                "TimeDistributed",
                "'layer': {'class_name': 'Dense', 'config': {'name': 'd', 'units': 2}}"))
        .isEqualTo(TimeDistributed.of(Dense.of(2).name("d")));
    assertThat(
            layer("Activation", "'activation': {'class_name': 'ReLU', 'config': {'max_value': 6}}"))
        .isEqualTo(Activation.of(org.conv4j.activation.Activation.RELU6));
  }

  @Test
  void readsTheLayersOfKerasApplications() {
    assertThat(layer("CustomScaleLayer", "'scale': 0.2")).isEqualTo(CustomScaleLayer.of(0.2));
    assertThat(layer("StochasticDepth", "'drop_path_rate': 0.1"))
        .isEqualTo(new Identity("stochastic_depth", "StochasticDepth"));
    String json =
        """
        {"module": "keras.src.applications.convnext", "class_name": "LayerScale", "config":
         {"name": "scale", "init_values": 1e-06, "projection_dim": 2},
         "registered_name": "LayerScale"}
        """;
    KerasLayer read = KerasLayers.parse(json, "test");
    assertThat(read.layer()).isEqualTo(LayerScale.of(2).name("scale"));
    try (Tensor gamma = Tensor.allocate(DataType.FLOAT32, Shape.of(2))) {
      assertThat(read.weights(Map.of("scale/variable_3", gamma)).get("gamma"))
          .isEqualTo(new Constant.Given(gamma));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "GaussianDropout",
        "AlphaDropout"
      })
  void dropoutIsNothingAtInference(String className) {
    assertThat(layer(className, "'name': 'drop', 'rate': 0.5, 'seed': 3"))
        .isEqualTo(new Identity("drop", className));
    assertThatThrownBy(() -> layer(className, "'rate': 1.5"))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll("rate", "1.5");
  }

  @Test
  void augmentationsAreNothingAtInference() {
    assertThat(layer("RandomFlip", "'name': 'flip', 'mode': 'horizontal', 'seed': null"))
        .isEqualTo(new Identity("flip", "RandomFlip"));
    assertThat(layer("RandomZoom", "'name': 'zoom', 'height_factor': 0.2"))
        .isEqualTo(new Identity("zoom", "RandomZoom"));
  }

  @Test
  void readsInterpolations() {
    assertThat(layer("UpSampling2D", "'size': [2, 3], 'interpolation': 'bilinear'"))
        .isEqualTo(UpSampling2D.of(2, 3).interpolation(Interpolation.BILINEAR));
    assertThat(layer("Resizing", "'height': 3, 'width': 4, 'crop_to_aspect_ratio': true"))
        .isEqualTo(Resizing.of(3, 4).aspect(Resizing.Aspect.CROP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dense              | 'use_bias': true                           | units is missing",
        "Dense              | 'units': 2, 'gamma_initializer': null      | gamma_initializer",
        "Dense              | 'units': 2, 'lora_rank': 4                 | lora_rank",
        "BatchNormalization | 'renorm': true                             | renorm",
        "BatchNormalization | 'axis': [1, 2]                             | axis",
        "BatchNormalization | 'axis': null                               | axis",
        "MaxPooling2D       | 'pool_size': [2]                           | pool_size",
        "MaxPooling2D       | 'padding': 'causal'                        | padding",
        "ZeroPadding2D      | 'padding': [1, 2, 3]                       | padding",
        "ZeroPadding2D      | 'padding': [[1, 2, 3], 1]                  | padding",
        "ZeroPadding1D      | 'padding': [1]                             | padding",
        "UpSampling2D       | 'interpolation': 'lanczos3'                | interpolation",
        "Resizing           | 'height': 2, 'width': 2, 'antialias': true | antialias",
        "Resizing           | 'height': 2                                | width is missing",
        "Resizing           | 'height': 2, 'width': 2, 'fill_mode': 'x'  | fill_mode",
        "Normalization      | 'mean': 1.0                                | variance",
        "Normalization      | 'mean': [1, 2], 'variance': [1]            | variance",
        "Normalization      | 'mean': ['a'], 'variance': [1]             | mean",
        "Rescaling          | 'offset': 1                                | scale",
        "Dot                | 'normalize': true                          | axes",
        "Reshape            | 'target_shape': 3                          | target_shape",
        "Softmax            | 'axis': []                                 | axis",
        "Activation         | 'activation': 'nonsense'                   | nonsense",
        "Lambda             | 'function': 'x'                            | Python code",
        "TFOpLambda         | 'function': 'math.add'                     | TensorFlow's operations"
      })
  void refusesWhatCannotBeRun(String className, String arguments, String part) {
    assertThatThrownBy(() -> layer(className, "'name': 'it', " + arguments))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll("'it'", part);
  }

  @Test
  void namesAnUnknownLayerItsClassAndWhereItIs() {
    assertThatThrownBy(() -> layer("Sampling", "'name': 'memory', 'units': 3"))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll("'memory'", "'Sampling'", "custom class");
    assertThatThrownBy(
            () ->
                layer(
                    "TimeDistributed",
                    "'name': 'each', 'layer': {'class_name': 'Sampling', 'config': {'name': 'g'}}"))
        .hasMessageContainingAll("'each'", "'g'", "'Sampling'");
    assertThatThrownBy(() -> layer("TimeDistributed", "'name': 'each', 'layer': 3"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'each'");
    assertThatThrownBy(
            () ->
                layer(
                    "TimeDistributed",
                    "'name': 'each', 'layer': {'class_name': 'Add', 'config': {}}"))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll("'each'", "Add");
  }

  @Test
  void aClassOfAnotherModuleIsNoneOfKeras() {
    String json =
        "{\"module\": \"my.layers\", \"class_name\": \"Dense\", \"config\": {\"units\": 2}}";
    assertThatThrownBy(() -> KerasLayers.parse(json, "test"))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll("'Dense'", "my.layers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'class_name': 'Package>Scale'                                          | Package>Scale",
        "'class_name': 'S', 'module': 'my.code', 'registered_name': 'Package>S' | my.code",
        "'class_name': 'Scale', 'module': null, 'registered_name': 'Scale'      | 'Scale'",
      })
  void aCustomClassIsCalledSoInFewWordsWithWhatToDo(String given, String named) {
    String json = "{%s, 'config': {'name': 'it'}}".formatted(given).replace('\'', '"');
    assertThatThrownBy(() -> KerasLayers.parse(json, "test"))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll(named, "is a custom class", "Replace it by", "or save only")
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(300))
        .satisfies(refused -> assertThat(refused.getMessage().split("'it'", -1)).hasSize(2));
  }

  @Test
  void anUnknownClassIsToldTheOnesThatWereMeant() {
    assertThatThrownBy(() -> layer("Conv2DTransposed", "'name': 'a'"))
        .hasMessageContaining("similar ones are")
        .hasMessageContaining("Conv2DTranspose");
    assertThatThrownBy(() -> layer("MaxPoling2D", "'name': 'a'"))
        .hasMessageContaining("MaxPooling2D");
  }
}
