package org.conv4j.onednn.primitive;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.onednn.binding.NativeFunction;
import org.conv4j.onednn.binding.NativeHandle;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.onednn.binding.Status;
import org.conv4j.tensor.DataType;

/**
 * Element-wise functions as chains of oneDNN's own, which its kernels apply while the sums are in
 * registers. The formulas of oneDNN's functions are in its developer guide, "Eltwise".
 */
public final class PostOps {
  /**
   * One of oneDNN's functions.
   *
   * @param algorithm a {@code dnnl_eltwise_*} constant
   * @param alpha its first parameter
   * @param beta its second parameter
   */
  public record Eltwise(int algorithm, double alpha, double beta) implements PostOp {}

  /**
   * A function of the result and another tensor, whose address is an argument of its own.
   *
   * @param algorithm a {@code dnnl_binary_*} constant
   * @param operand the layout of the other tensor; extents of 1 are repeated
   */
  record Combination(int algorithm, dnnl_memory_desc operand) implements PostOp {}

  /** One step of what a primitive does with its result. */
  sealed interface PostOp permits Eltwise, Combination {}

  private PostOps() {}

  /** The argument by which the other tensor of a {@link Combination} is passed. */
  static int argument(int position) {
    return dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (position + 1) | dnnl.DNNL_ARG_SRC_1;
  }

  /** The chain that computes a function, or nothing if there is none. */
  public static Optional<List<Eltwise>> chain(Elementwise function) {
    return anyChain(function).filter(PostOps::holdsInFloats);
  }

  private static boolean holdsInFloats(List<Eltwise> chain) {
    for (Eltwise step : chain) {
      if (NativeFunction.overflows(step.alpha()) || NativeFunction.overflows(step.beta())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<List<Eltwise>> anyChain(Elementwise function) {
    if (function instanceof Elementwise.Relu relu) {
      return relu(relu);
    }
    if (function instanceof Elementwise.Elu elu) {
      return one(dnnl.dnnl_eltwise_elu, elu.alpha(), 0);
    }
    if (function instanceof Elementwise.Celu celu && celu.alpha() > 0) {
      return Optional.of(
          List.of(
              new Eltwise(dnnl.dnnl_eltwise_linear, 1 / celu.alpha(), 0),
              new Eltwise(dnnl.dnnl_eltwise_elu, 1, 0),
              new Eltwise(dnnl.dnnl_eltwise_linear, celu.alpha(), 0)));
    }
    if (function instanceof Elementwise.Clip clip) {
      return one(dnnl.dnnl_eltwise_clip, clip.min(), clip.max());
    }
    if (function instanceof ElementwiseFunction simple) {
      return chain(simple);
    }
    return Optional.empty();
  }

  /** The chain that computes a function which an op that arrives here has. */
  public static List<Eltwise> required(Elementwise function) {
    return chain(function)
        .orElseThrow(
            () -> new UnsupportedByEngineException("oneDNN has no function " + function + "."));
  }

  /**
   * Whether kernels of a data type have a function, or a primitive behind them has. Others are for
   * another engine.
   */
  public static boolean has(Elementwise function, DataType dataType) {
    return dataType == DataType.FLOAT64
        ? NativeProblem.applies(function, dataType)
        : chain(function).isPresent();
  }

  /**
   * Whether a function is a clamp, of which oneDNN's make a bound of NaN. At the end of another op
   * that is tolerated, for there is no other way that is as fast.
   */
  public static boolean dropsNaN(Elementwise function) {
    return function instanceof Elementwise.Relu relu && relu.negativeSlope() == 0
        || function instanceof Elementwise.Clip
        || function instanceof Elementwise.HardSigmoid
        || function == ElementwiseFunction.HARD_SIGMOID
        || function == ElementwiseFunction.SPARSE_SIGMOID
        || function == ElementwiseFunction.HARD_TANH;
  }

  private static Optional<List<Eltwise>> relu(Elementwise.Relu relu) {
    if (relu.threshold() != 0) {
      return Optional.empty();
    }
    if (Double.isInfinite(relu.maxValue())) {
      return one(dnnl.dnnl_eltwise_relu, relu.negativeSlope(), 0);
    }
    return relu.negativeSlope() == 0
        ? one(dnnl.dnnl_eltwise_clip, 0, relu.maxValue())
        : Optional.empty();
  }

  private static Optional<List<Eltwise>> chain(ElementwiseFunction function) {
    return switch (function) {
      case LINEAR -> Optional.of(List.of());
      case SELU ->
          Optional.of(
              List.of(
                  new Eltwise(dnnl.dnnl_eltwise_elu, ElementwiseFunction.SELU_ALPHA, 0),
                  new Eltwise(dnnl.dnnl_eltwise_linear, ElementwiseFunction.SELU_SCALE, 0)));
      case SIGMOID -> one(dnnl.dnnl_eltwise_logistic, 0, 0);
      case HARD_SIGMOID -> one(dnnl.dnnl_eltwise_hardsigmoid, 1.0 / 6, 0.5);
      case SPARSE_SIGMOID -> one(dnnl.dnnl_eltwise_hardsigmoid, 0.5, 0.5);
      case LOG_SIGMOID -> one(dnnl.dnnl_eltwise_soft_relu, -1, 0);
      case TANH -> one(dnnl.dnnl_eltwise_tanh, 0, 0);
      case HARD_TANH -> one(dnnl.dnnl_eltwise_clip, -1, 1);
      case SOFTPLUS -> one(dnnl.dnnl_eltwise_soft_relu, 1, 0);
      case SILU -> one(dnnl.dnnl_eltwise_swish, 1, 0);
      case HARD_SILU -> one(dnnl.dnnl_eltwise_hardswish, 1.0 / 6, 0.5);
      case GELU -> one(dnnl.dnnl_eltwise_gelu_erf, 0, 0);
      case GELU_TANH -> one(dnnl.dnnl_eltwise_gelu_tanh, 0, 0);
      case MISH -> one(dnnl.dnnl_eltwise_mish, 0, 0);
      case NEGATIVE -> one(dnnl.dnnl_eltwise_linear, -1, 0);
      case ABSOLUTE -> one(dnnl.dnnl_eltwise_abs, 0, 0);
      case SQUARE -> one(dnnl.dnnl_eltwise_square, 0, 0);
      case SQUARE_ROOT -> one(dnnl.dnnl_eltwise_sqrt, 0, 0);
      case RECIPROCAL -> one(dnnl.dnnl_eltwise_pow, 1, -1);
      case LOGARITHM -> one(dnnl.dnnl_eltwise_log, 0, 0);
      // oneDNN's make a number of NaN, or of the root of a negative number.
      case EXPONENTIAL, RECIPROCAL_SQUARE_ROOT -> Optional.empty();
      case TANH_SHRINK,
          SOFTSIGN,
          SPARSE_PLUS,
          SINE,
          COSINE,
          TANGENT,
          ARC_SINE,
          ARC_COSINE,
          ARC_TANGENT,
          HYPERBOLIC_SINE,
          HYPERBOLIC_COSINE,
          INVERSE_HYPERBOLIC_SINE,
          INVERSE_HYPERBOLIC_COSINE,
          INVERSE_HYPERBOLIC_TANGENT,
          SINC,
          CUBE_ROOT,
          EXPONENTIAL_MINUS_ONE,
          POWER_OF_TWO,
          LOGARITHM_OF_ONE_PLUS,
          BINARY_LOGARITHM,
          DECIMAL_LOGARITHM,
          ERROR_FUNCTION,
          FLOOR,
          CEILING,
          TRUNCATE,
          ROUND,
          SIGN ->
          Optional.empty();
      case DEGREES_TO_RADIANS -> one(dnnl.dnnl_eltwise_linear, Math.PI / 180, 0);
      case RADIANS_TO_DEGREES -> one(dnnl.dnnl_eltwise_linear, 180 / Math.PI, 0);
    };
  }

  private static Optional<List<Eltwise>> one(int algorithm, double alpha, double beta) {
    return Optional.of(List.of(new Eltwise(algorithm, alpha, beta)));
  }

  /**
   * Attributes with a chain and the scratchpad in the user's hands: in oneDNN's own mode it belongs
   * to the thread that made the primitive, and running on another thread has crashed.
   */
  static NativeHandle<dnnl_primitive_attr> attributes(List<? extends PostOp> chain) {
    dnnl_primitive_attr attr = new dnnl_primitive_attr();
    Status.check(dnnl.dnnl_primitive_attr_create(attr), "creating attributes");
    NativeHandle<dnnl_primitive_attr> owner =
        NativeHandle.own(attr, dnnl::dnnl_primitive_attr_destroy);
    try {
      Status.check(
          dnnl.dnnl_primitive_attr_set_scratchpad_mode(attr, dnnl.dnnl_scratchpad_mode_user),
          "setting the scratchpad mode");
      if (!chain.isEmpty()) {
        append(attr, chain);
      }
      return owner;
    } catch (RuntimeException failure) {
      owner.close();
      throw failure;
    }
  }

  private static void append(dnnl_primitive_attr attr, List<? extends PostOp> chain) {
    dnnl_post_ops ops = new dnnl_post_ops();
    Status.check(dnnl.dnnl_post_ops_create(ops), "creating post-ops");
    try (NativeHandle<dnnl_post_ops> owner = NativeHandle.own(ops, dnnl::dnnl_post_ops_destroy)) {
      for (PostOp step : chain) {
        append(owner.get(), step);
      }
      Status.check(dnnl.dnnl_primitive_attr_set_post_ops(attr, ops), "setting post-ops");
    }
  }

  private static void append(dnnl_post_ops ops, PostOp step) {
    if (step instanceof Eltwise eltwise) {
      Status.check(
          dnnl.dnnl_post_ops_append_eltwise(
              ops, eltwise.algorithm(), (float) eltwise.alpha(), (float) eltwise.beta()),
          "adding an activation");
    } else if (step instanceof Combination combination) {
      Status.check(
          dnnl.dnnl_post_ops_append_binary(ops, combination.algorithm(), combination.operand()),
          "adding another tensor");
    }
  }
}
