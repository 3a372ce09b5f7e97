package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.function.BinaryFunction;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.keras.custom.CustomLayer;
import org.conv4j.keras.custom.CustomLayerReader;
import org.conv4j.keras.custom.LayerArguments;
import org.conv4j.keras.custom.LayerVariables;
import org.conv4j.layer.Layer;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.Predictor;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.npy.Npy;
import org.conv4j.operation.ArgExtremum;
import org.conv4j.operation.Arithmetic;
import org.conv4j.operation.JavaFunction;
import org.conv4j.operation.Matmul;
import org.conv4j.operation.OneHot;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On every engine, a custom layer with weights, at the top and in a nested model, and one that
 * picks vectors of a codebook.
 */
class CustomLayersTest {
  private static final Path FOLDER = Path.of("../keras/src/test/resources/custom");

  @ParameterizedTest
  @CsvSource({
    "nested_scale/model.keras, FLOAT32",
    "nested_scale/model.keras, FLOAT64",
    "nested_scale/model.h5, FLOAT32",
    "nested_scale/model.h5, FLOAT64",
    "vector_quantizer/model.keras, FLOAT32",
    "vector_quantizer/model.keras, FLOAT64"
  })
  void answersAsKerasDoes(String file, DataType dataType) {
    check(CustomLayersTest::scale, file, dataType);
  }

  /** A function of the program's between steps of any engine. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void answersAsKerasDoesWithAJavaFunction(DataType dataType) {
    check(CustomLayersTest::function, "nested_scale/model.keras", dataType);
  }

  private static void check(CustomLayerReader scale, String file, DataType dataType) {
    List<Engine> engines = Engines.all();
    assertThat(engines).extracting(Engine::name).contains("onednn", "java", "reference");
    for (Engine engine : engines) {
      try (KerasModel loaded =
              KerasModels.reader()
                  .layer("my_package>Scale", scale)
                  .layer("my_package>VectorQuantizer", CustomLayersTest::vectorQuantizer)
                  .load(FOLDER.resolve(file));
          Predictor predictor =
              new Predictor(loaded.model(), dataType, engine, CompileOptions.DEFAULT);
          Tensor stored = Npy.read(FOLDER.resolve(file).resolveSibling("in_0.npy"));
          Tensor input = stored.copyAs(dataType);
          Tensor expected = Npy.read(FOLDER.resolve(file).resolveSibling("out_0.npy"));
          Tensor output = predictor.predict(List.of(input)).get(0)) {
        assertThat(output.shape()).isEqualTo(expected.shape());
        for (long i = 0; i < expected.shape().elementCount(); i++) {
          double error = Math.abs(output.get(i) - expected.get(i));
          assertThat(error).as(engine.name()).isLessThan(1e-5);
        }
      }
    }
  }

  private static CustomLayer scale(LayerArguments config, LayerVariables weights) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, -1, -1, -1);
    Arithmetic times = new Arithmetic("times", BinaryFunction.MULTIPLY, null, weights.get(0));
    Arithmetic plus = new Arithmetic("plus", BinaryFunction.ADD, null, weights.get(1));
    SymbolicTensor product = builder.apply(times, Weights.none(), x);
    return CustomLayer.of(builder.build(builder.apply(plus, Weights.none(), product)));
  }

  private static CustomLayer function(LayerArguments config, LayerVariables weights) {
    double[] factors = weights.get(0).elements();
    double[] terms = weights.get(1).elements();
    return CustomLayer.of(
        JavaFunction.of(
            "function",
            inputs -> inputs.get(0),
            (inputs, output) -> {
              double[] x = inputs.get(0).toDoubleArray();
              for (int i = 0; i < x.length; i++) {
                x[i] = x[i] * factors[i % factors.length] + terms[i % terms.length];
              }
              output.write(0, x, 0, x.length);
            }));
  }

  private static CustomLayer vectorQuantizer(LayerArguments config, LayerVariables weights) {
    Constant codes = weights.get(0);
    double[] squares = new double[codes.shape().intDim(1)];
    for (int i = 0; i < codes.elements().length; i++) {
      squares[i % squares.length] += codes.elements()[i] * codes.elements()[i] / -2;
    }
    Constant lengths = Constant.of(Shape.of(squares.length), squares);
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, -1, -1, -1);
    List<Layer> layers =
        List.of(
            new Matmul("products", null, codes),
            new Arithmetic("nearness", BinaryFunction.ADD, null, lengths),
            ArgExtremum.max("nearest", -1),
            new OneHot("one_hot", config.integer("num_embeddings"), -1),
            new Matmul("look_up", null, codes, false, true));
    for (Layer layer : layers) {
      x = builder.apply(layer, Weights.none(), x);
    }
    return CustomLayer.of(builder.build(x));
  }
}
