package org.conv4j.onednn.primitive.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.onednn.primitive.PrimitiveOp;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** A function of each element as one eltwise primitive, if oneDNN has the function, also of NaN. */
public final class EltwisePrimitive {
  private static final String NAME = "eltwise";

  private EltwisePrimitive() {}

  public static Optional<CompiledOp> compile(Eltwise op) {
    if (op.activation().equals(Activation.RELU)) {
      return Optional.of(rectifier(Shape.of(op.input().elementCount())));
    }
    return PostOps.dropsNaN(op.activation())
        ? Optional.empty()
        : PostOps.chain(op.activation()).map(chain -> compile(op.input(), chain));
  }

  /**
   * Compiles the larger of 0 and each element. The processor's instruction returns its second
   * operand if one is NaN: in oneDNN's rectifier 0, in its larger of two tensors the second one's
   * element. The first one is made of zeros: whether elements are larger than infinity.
   */
  private static CompiledOp rectifier(Shape flat) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of());
        Tensor infinity = Tensor.of(Shape.of(1), Float.POSITIVE_INFINITY)) {
      builder.combineWithInput(dnnl.dnnl_binary_max, Layouts.rowMajor(flat), 0);
      return withScalar(builder, dnnl.dnnl_binary_gt, 0, flat, infinity);
    }
  }

  /** Compiles a chain of functions, at least one. */
  public static CompiledOp compile(Shape shape, List<PostOps.Eltwise> chain) {
    return compile(NAME, 0, Shape.of(shape.elementCount()), chain);
  }

  /** Compiles a chain of functions, at least one, of what the output holds. */
  public static CompiledOp inPlace(Shape shape, List<PostOps.Eltwise> chain) {
    return compile("activation", PrimitiveOp.OUTPUT, Shape.of(shape.elementCount()), chain);
  }

  /** Eltwise primitives have no functions behind the first. */
  private static CompiledOp compile(
      String name, int tensor, Shape flat, List<PostOps.Eltwise> chain) {
    return chain.size() == 1
        ? eltwise(name, tensor, flat, chain.get(0))
        : chained(name, tensor, flat, chain);
  }

  private static CompiledOp eltwise(String name, int tensor, Shape flat, PostOps.Eltwise function) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(name, List.of())) {
      dnnl_memory_desc input = builder.input(dnnl.DNNL_ARG_SRC, Layouts.rowMajor(flat), tensor);
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(flat));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_eltwise_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              function.algorithm(),
              input,
              output,
              (float) function.alpha(),
              (float) function.beta(),
              builder.attributes()),
          "a function of " + flat);
      builder.primitive(desc);
      return builder.build();
    }
  }

  /** Behind a product with 1. */
  private static CompiledOp chained(
      String name, int tensor, Shape flat, List<PostOps.Eltwise> chain) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(name, chain);
        Tensor one = Tensor.of(Shape.of(1), 1f)) {
      return withScalar(builder, dnnl.dnnl_binary_mul, tensor, flat, one);
    }
  }

  /** A function of each element and a number, with what the builder adds behind it. */
  private static CompiledOp withScalar(
      PrimitiveBuilder builder, int algorithm, int tensor, Shape flat, Tensor scalar) {
    dnnl_memory_desc input = builder.input(dnnl.DNNL_ARG_SRC, Layouts.rowMajor(flat), tensor);
    dnnl_memory_desc output = builder.output(Layouts.rowMajor(flat));
    dnnl_memory_desc operand =
        builder.constant(dnnl.DNNL_ARG_SRC_1, Layouts.rowMajor(scalar.shape()), scalar);
    dnnl_primitive_desc desc = new dnnl_primitive_desc();
    Status.check(
        dnnl.dnnl_binary_primitive_desc_create(
            desc, OneDnn.engine(), algorithm, input, operand, output, builder.attributes()),
        "functions of " + flat);
    builder.primitive(desc);
    return builder.build();
  }
}
