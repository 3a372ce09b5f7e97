package org.conv4j.keras.operation;

import java.util.Map;
import java.util.TreeMap;

/** The functions of TensorFlow that Keras 2 records, and their likes in Keras 3. */
final class TensorFlowFunctions {
  /**
   * A function of TensorFlow.
   *
   * @param className the class of Keras 3
   * @param second the keyword argument that is the second operand; empty if there is only one
   * @param arguments Keras 3's names of the other keyword arguments, by TensorFlow's
   */
  record Function(String className, String second, Map<String, String> arguments) {}

  /** By TensorFlow's name, without {@code tf.} before it. */
  static final Map<String, Function> ALL = new TreeMap<>();

  static {
    elementwise();
    arithmetic();
    reductions();
    shapes();
    images();
  }

  private TensorFlowFunctions() {}

  private static void elementwise() {
    same("math.abs", "Absolute");
    same("math.acos", "Arccos");
    same("math.acosh", "Arccosh");
    same("math.asin", "Arcsin");
    same("math.asinh", "Arcsinh");
    same("math.atan", "Arctan");
    same("math.atanh", "Arctanh");
    same("math.ceil", "Ceil");
    same("math.cos", "Cos");
    same("math.cosh", "Cosh");
    same("math.erf", "Erf");
    same("math.exp", "Exp");
    same("math.expm1", "Expm1");
    same("math.floor", "Floor");
    same("math.log", "Log");
    same("math.log1p", "Log1p");
    same("math.log_sigmoid", "LogSigmoid");
    same("math.negative", "Negative");
    same("math.reciprocal", "Reciprocal");
    same("math.rint", "Round");
    same("math.round", "Round");
    same("math.rsqrt", "Rsqrt");
    same("math.sigmoid", "Sigmoid");
    same("math.sign", "Sign");
    same("math.sin", "Sin");
    same("math.sinh", "Sinh");
    same("math.softplus", "Softplus");
    same("math.sqrt", "Sqrt");
    same("math.square", "Square");
    same("math.tan", "Tan");
    same("math.tanh", "Tanh");
    same("nn.elu", "Elu");
    same("nn.gelu", "Gelu");
    same("nn.log_softmax", "LogSoftmax");
    same("nn.relu", "Relu");
    same("nn.relu6", "Relu6");
    same("nn.selu", "Selu");
    same("nn.sigmoid", "Sigmoid");
    same("nn.silu", "Silu");
    same("nn.softmax", "Softmax");
    same("nn.softplus", "Softplus");
    same("nn.softsign", "Softsign");
    same("nn.swish", "Silu");
    same("nn.tanh", "Tanh");
    renamed("nn.leaky_relu", "LeakyRelu", Map.of("alpha", "negative_slope"));
    renamed("clip_by_value", "Clip", Map.of("clip_value_min", "x_min", "clip_value_max", "x_max"));
    same("identity", "Identity");
    same("stop_gradient", "StopGradient");
    same("cast", "Cast");
  }

  private static void arithmetic() {
    binary("__operators__.add", "Add", "y");
    binary("math.add", "Add", "y");
    binary("math.subtract", "Subtract", "y");
    binary("math.multiply", "Multiply", "y");
    binary("math.truediv", "TrueDivide", "y");
    binary("math.divide", "TrueDivide", "y");
    binary("math.pow", "Power", "y");
    binary("math.maximum", "Maximum", "y");
    binary("math.minimum", "Minimum", "y");
    binary("nn.bias_add", "Add", "bias");
    binary("linalg.matmul", "Matmul", "b");
  }

  private static void reductions() {
    same("math.add_n", "Sum");
    same("math.reduce_mean", "Mean");
    same("math.reduce_sum", "Sum");
    same("math.reduce_max", "Max");
    same("math.reduce_min", "Min");
    same("math.reduce_std", "Std");
    same("math.reduce_variance", "Var");
    same("math.l2_normalize", "Normalize");
    same("nn.l2_normalize", "Normalize");
    for (String rank : new String[] {"", "1d", "2d", "3d"}) {
      renamed("nn.avg_pool" + rank, "AveragePool", Map.of("ksize", "pool_size"));
      renamed("nn.max_pool" + rank, "MaxPool", Map.of("ksize", "pool_size"));
    }
  }

  private static void shapes() {
    same("concat", "Concatenate");
    same("stack", "Stack");
    same("unstack", "Unstack");
    same("expand_dims", "ExpandDims");
    same("squeeze", "Squeeze");
    same("compat.v1.squeeze", "Squeeze");
    same("repeat", "Repeat");
    same("reverse", "Flip");
    same("roll", "Roll");
    renamed("reshape", "Reshape", Map.of("shape", "newshape"));
    renamed("transpose", "Transpose", Map.of("perm", "axes"));
    renamed("compat.v1.transpose", "Transpose", Map.of("perm", "axes"));
    renamed("tile", "Tile", Map.of("multiples", "repeats"));
    renamed("pad", "Pad", Map.of("paddings", "pad_width"));
    renamed("compat.v1.pad", "Pad", Map.of("paddings", "pad_width"));
    renamed("split", "Split", Map.of("num_or_size_splits", "indices_or_sections"));
    same("slice", "GetItem");
    binary("__operators__.getitem", "GetItem", "slice_spec");
  }

  private static void images() {
    same("nn.depth_to_space", "DepthToSpace");
    same("nn.space_to_depth", "SpaceToDepth");
    same("image.flip_left_right", "Flip");
    same("image.flip_up_down", "Flip");
    renamed("image.resize", "Resize", Map.of("method", "interpolation"));
  }

  private static void same(String name, String className) {
    renamed(name, className, Map.of());
  }

  private static void renamed(String name, String className, Map<String, String> arguments) {
    ALL.put(name, new Function(className, "", arguments));
  }

  private static void binary(String name, String className, String second) {
    ALL.put(name, new Function(className, second, Map.of()));
  }
}
