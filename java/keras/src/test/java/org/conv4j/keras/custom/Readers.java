package org.conv4j.keras.custom;

import java.util.Map;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.keras.KerasLoader;
import org.conv4j.keras.KerasModels;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.layer.reshaping.Reshape;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.ArgExtremum;
import org.conv4j.operation.Arithmetic;
import org.conv4j.operation.Matmul;
import org.conv4j.operation.OneHot;
import org.conv4j.operation.Reduce;
import org.conv4j.operation.reshaping.ExpandDims;
import org.conv4j.operation.reshaping.SpaceToDepth;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;

/** Readers of the classes that {@code custom_layers.py} has. */
final class Readers {
  private static final Weights NONE = Weights.none();

  private Readers() {}

  /** At inference, the mean; the logarithm of the variance plays no part. */
  static CustomLayer sampling(LayerArguments config, LayerVariables weights) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor mean = builder.input("mean", -1, -1);
    builder.input("log_var", -1, -1);
    Identity identity = new Identity("mean", "Identity");
    return CustomLayer.of(builder.build(builder.apply(identity, Weights.none(), mean)));
  }

  static CustomLayer patches(LayerArguments config, LayerVariables weights) {
    int size = config.integer("patch_size");
    SpaceToDepth cut = new SpaceToDepth("cut", size, DataFormat.CHANNELS_LAST);
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor image = builder.input("image", -1, -1, -1, 2);
    SymbolicTensor patches = builder.apply(cut, Weights.none(), image);
    Reshape rows = Reshape.of(-1, size * size * 2);
    return CustomLayer.of(builder.build(builder.apply(rows, Weights.none(), patches)));
  }

  static CustomLayer channelPooling(LayerArguments config, LayerVariables weights) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor image = builder.input("image", -1, -1, -1, -1);
    Reduce mean = new Reduce("mean", ReductionKind.MEAN, IntTuple.of(-1), true);
    Reduce max = new Reduce("max", ReductionKind.MAX, IntTuple.of(-1), true);
    SymbolicTensor first = builder.apply(mean, Weights.none(), image);
    SymbolicTensor second = builder.apply(max, Weights.none(), image);
    Concatenate both = new Concatenate("both", -1);
    return CustomLayer.of(builder.build(builder.apply(both, Weights.none(), first, second)));
  }

  /** The code is in the file as text; what it does, the layer's name says. */
  static CustomLayer lambda(LayerArguments config, LayerVariables weights) {
    if (!config.name().equals("scaling")) {
      throw new IllegalArgumentException(config.name());
    }
    return CustomLayer.of(Rescaling.of(0.25, 0));
  }

  static CustomLayer scale(LayerArguments config, LayerVariables weights) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, -1, -1, -1);
    Arithmetic multiply = new Arithmetic("multiply", BinaryFunction.MULTIPLY, null, weights.get(0));
    Arithmetic add = new Arithmetic("add", BinaryFunction.ADD, null, weights.get(1));
    SymbolicTensor product = builder.apply(multiply, Weights.none(), x);
    return CustomLayer.of(builder.build(builder.apply(add, Weights.none(), product)));
  }

  static CustomLayer halves(LayerArguments config, LayerVariables weights) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, -1, -1, -1);
    SymbolicTensor first = builder.apply(Dense.of(2).name("first"), dense(weights, 0), x);
    SymbolicTensor second = builder.apply(Dense.of(2).name("second"), dense(weights, 2), x);
    return CustomLayer.of(builder.build(first, second));
  }

  /** All distances less the length of the vector itself, which is the same for every code. */
  static CustomLayer vectorQuantizer(LayerArguments config, LayerVariables weights) {
    Constant codes = weights.get(0);
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, -1, -1, config.integer("embedding_dim"));
    SymbolicTensor products = builder.apply(new Matmul("products", null, codes), NONE, x);
    SymbolicTensor twice = builder.apply(Rescaling.of(-2, 0), NONE, products);
    SymbolicTensor distances = builder.apply(lengths(codes), NONE, twice);
    SymbolicTensor nearest = builder.apply(ArgExtremum.min("nearest", -1), NONE, distances);
    OneHot oneHot = new OneHot("one_hot", config.integer("num_embeddings"), -1);
    SymbolicTensor chosen = builder.apply(oneHot, NONE, nearest);
    Matmul lookUp = new Matmul("look_up", null, codes, false, true);
    return CustomLayer.of(builder.build(builder.apply(lookUp, NONE, chosen)));
  }

  /** Adds the square of the length of each column. */
  private static Arithmetic lengths(Constant codes) {
    double[] squares = new double[codes.shape().intDim(1)];
    for (int i = 0; i < codes.elements().length; i++) {
      squares[i % squares.length] += codes.elements()[i] * codes.elements()[i];
    }
    Constant sums = Constant.of(Shape.of(squares.length), squares);
    return new Arithmetic("lengths", BinaryFunction.ADD, null, sums);
  }

  /** The second tensor is the mask that the layer is called with. */
  static CustomLayer maskedSum(LayerArguments config, LayerVariables weights) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor steps = builder.input("steps", -1, -1, -1);
    SymbolicTensor mask = builder.input("mask", -1, -1);
    ExpandDims expand = new ExpandDims("expand", IntTuple.of(-1));
    Reduce sum = new Reduce("sum", ReductionKind.SUM, IntTuple.of(1), false);
    SymbolicTensor factors = builder.apply(expand, Weights.none(), mask);
    SymbolicTensor kept = builder.apply(Multiply.of(), Weights.none(), steps, factors);
    return CustomLayer.of(builder.build(builder.apply(sum, Weights.none(), kept)));
  }

  /** A loader that can read all of them. */
  static KerasLoader all() {
    return KerasModels.reader()
        .layer("my_package>Sampling", Readers::sampling)
        .layer("my_package>Patches", Readers::patches)
        .layer("my_package>ChannelPooling", Readers::channelPooling)
        .layer("Lambda", Readers::lambda)
        .layer("Scale", Readers::scale)
        .layer("my_package>Halves", Readers::halves)
        .layer("my_package>VectorQuantizer", Readers::vectorQuantizer)
        .layer("my_package>MaskedSum", Readers::maskedSum);
  }

  private static Weights dense(LayerVariables weights, int first) {
    return Weights.ofConstants(
        Map.of("kernel", weights.get(first), "bias", weights.get(first + 1)));
  }
}
