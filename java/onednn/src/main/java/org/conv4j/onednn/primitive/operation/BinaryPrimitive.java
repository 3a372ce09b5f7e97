package org.conv4j.onednn.primitive.operation;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Binary;

/**
 * A function of two tensors as one binary primitive, where that is vectorised: oneDNN's other
 * implementation is a hundred times slower than plain Java.
 */
public final class BinaryPrimitive {
  private static final String NAME = "binary";

  private BinaryPrimitive() {}

  public static Optional<CompiledOp> compile(Binary op) {
    return switch (op.function()) {
      case ADD -> compile(op, dnnl.dnnl_binary_add, true);
      case SUBTRACT -> compile(op, dnnl.dnnl_binary_sub, false);
      case MULTIPLY -> compile(op, dnnl.dnnl_binary_mul, true);
      case DIVIDE -> compile(op, dnnl.dnnl_binary_div, false);
      // oneDNN's extremes drop a NaN; it has no vectorised power.
      case MAXIMUM, MINIMUM, POWER -> Optional.empty();
    };
  }

  private static Optional<CompiledOp> compile(Binary op, int algorithm, boolean commutative) {
    boolean swapped = op.left().elementCount() < op.right().elementCount();
    if (swapped && !commutative) {
      return Optional.empty();
    }
    // oneDNN's vectorised implementation repeats the second operand only.
    BroadcastPair operands =
        swapped ? BroadcastPair.of(op.right(), op.left()) : BroadcastPair.of(op.left(), op.right());
    int vector = swapped ? 0 : 1;
    int lines = RepeatedVector.lines(operands);
    BroadcastPair longer = operands.withLines(lines);
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, PostOps.required(op.activation()))) {
      dnnl_memory_desc first =
          builder.input(dnnl.DNNL_ARG_SRC_0, Layouts.rowMajor(longer.left()), 1 - vector);
      dnnl_memory_desc second =
          builder.input(dnnl.DNNL_ARG_SRC_1, Layouts.rowMajor(longer.right()), vector);
      dnnl_memory_desc result = builder.output(Layouts.rowMajor(longer.output()));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status =
          dnnl.dnnl_binary_primitive_desc_create(
              desc, OneDnn.engine(), algorithm, first, second, result, builder.attributes());
      return builder
          .buildIfFast(status, desc, "a function of " + op.left() + " and " + op.right())
          .map(
              function ->
                  lines == 1
                      ? function
                      : RepeatedVector.before(function, vector, operands.right(), lines));
    }
  }
}
