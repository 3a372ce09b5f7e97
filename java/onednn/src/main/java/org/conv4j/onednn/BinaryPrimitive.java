package org.conv4j.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Binary;
import org.conv4j.shape.Shape;

/**
 * A function of two tensors as one binary primitive, where that is vectorised: oneDNN's other
 * implementation is a hundred times slower than plain Java.
 */
final class BinaryPrimitive {
  private static final String NAME = "binary";

  private BinaryPrimitive() {}

  static Optional<CompiledOp> compile(Binary op) {
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
    List<Run> runs = runs(op.left(), op.right());
    boolean swapped = runs.stream().anyMatch(run -> run.left() < run.right());
    if (swapped && !commutative) {
      return Optional.empty();
    }
    Activator activator = Activator.of(op.activation());
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, activator.fused())) {
      Shape left = Shape.of(runs.stream().mapToLong(Run::left).toArray());
      Shape right = Shape.of(runs.stream().mapToLong(Run::right).toArray());
      Shape output = Shape.of(runs.stream().mapToLong(Run::output).toArray());
      dnnl_memory_desc first =
          builder.input(
              dnnl.DNNL_ARG_SRC_0, Layouts.rowMajor(swapped ? right : left), swapped ? 1 : 0, 0);
      dnnl_memory_desc second =
          builder.input(
              dnnl.DNNL_ARG_SRC_1, Layouts.rowMajor(swapped ? left : right), swapped ? 0 : 1, 0);
      dnnl_memory_desc result = builder.output(Layouts.rowMajor(output));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_binary_primitive_desc_create(
              desc, OneDnn.engine(), algorithm, first, second, result, builder.attributes()),
          "a function of " + op.left() + " and " + op.right());
      builder.primitive(desc);
      return builder.buildUnlessSlow().map(activator::complete);
    }
  }

  /**
   * Neighbouring axes along which the same operand is repeated, as one.
   *
   * @param left the first operand's extent
   * @param right the second operand's extent
   */
  private record Run(long left, long right) {
    long output() {
      return Math.max(left, right);
    }

    boolean continues(Run next) {
      return Long.signum(left - right) == Long.signum(next.left - next.right);
    }

    Run with(Run next) {
      return new Run(left * next.left, right * next.right);
    }
  }

  /** The fewer axes there are, the more patterns of repetition are among oneDNN's fast ones. */
  private static List<Run> runs(Shape left, Shape right) {
    List<Run> runs = new ArrayList<>();
    for (int axis = 0; axis < left.rank(); axis++) {
      Run next = new Run(left.dim(axis), right.dim(axis));
      int last = runs.size() - 1;
      if (next.output() == 1) {
        continue;
      }
      if (last >= 0 && runs.get(last).continues(next)) {
        runs.set(last, runs.get(last).with(next));
      } else {
        runs.add(next);
      }
    }
    return runs.isEmpty() ? List.of(new Run(1, 1)) : runs;
  }
}
