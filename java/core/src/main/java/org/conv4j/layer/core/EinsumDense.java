package org.conv4j.layer.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's EinsumDense where it is one product of matrices: axes of input and kernel that the output
 * lacks are summed over, all others are the output's, in any order. An axis that input, kernel and
 * output have in common is refused.
 *
 * <p>Weights: {@code kernel} with the axes of the equation, {@code bias}, if there are axes for it,
 * with the output's extents along these and 1 along those behind the first of them that it has not.
 *
 * @param name the layer's name
 * @param equation such as {@code abc,cd->abd}; the input's and the output's axes may begin with an
 *     ellipsis
 * @param outputShape the output's last extents, as many as Keras was given, 0 where it is the
 *     input's
 * @param biasAxes the axes of the output that the bias has; empty for none
 * @param activation applied last
 */
public record EinsumDense(
    String name, String equation, IntTuple outputShape, String biasAxes, Activation activation)
    implements SingleInputLayer {
  /**
   * Checks the equation.
   *
   * @param name see {@link #name}
   * @param equation see {@link #equation}
   * @param outputShape see {@link #outputShape}
   * @param biasAxes see {@link #biasAxes}
   * @param activation see {@link #activation}
   */
  public EinsumDense {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(outputShape, "outputShape");
    Objects.requireNonNull(biasAxes, "biasAxes");
    Objects.requireNonNull(activation, "activation");
    Equation.of(name, equation, biasAxes);
  }

  /** An equation taken apart, without its ellipsis. */
  private record Equation(boolean ellipsis, String input, String kernel, String output) {
    static Equation of(String name, String equation, String biasAxes) {
      int comma = equation.indexOf(',');
      int arrow = equation.indexOf("->");
      if (comma < 0 || arrow < comma) {
        throw Arguments.invalid(name, "equation", "like 'abc,cd->abd'", equation);
      }
      String input = equation.substring(0, comma).strip();
      String kernel = equation.substring(comma + 1, arrow).strip();
      String output = equation.substring(arrow + 2).strip();
      boolean ellipsis = input.startsWith("...") && output.startsWith("...");
      Equation result =
          ellipsis
              ? new Equation(true, input.substring(3), kernel, output.substring(3))
              : new Equation(false, input, kernel, output);
      if (!result.isProduct() || !contains(result.output, biasAxes)) {
        throw Arguments.invalid(
            name,
            "equation",
            "one that sums over all axes which input and kernel share, and has all others in the"
                + " output",
            equation);
      }
      return result;
    }

    private boolean isProduct() {
      for (String axes : List.of(input, kernel, output)) {
        if (!axes.chars().allMatch(Character::isLetter)
            || axes.chars().distinct().count() < axes.length()) {
          return false;
        }
      }
      int shared = 0;
      for (char axis : input.toCharArray()) {
        boolean summed = kernel.indexOf(axis) >= 0;
        shared += summed ? 1 : 0;
        if (summed == (output.indexOf(axis) >= 0)) {
          return false;
        }
      }
      for (char axis : kernel.toCharArray()) {
        if (input.indexOf(axis) < 0 && output.indexOf(axis) < 0) {
          return false;
        }
      }
      return output.length() == input.length() + kernel.length() - 2 * shared;
    }

    private static boolean contains(String all, String some) {
      return some.chars().allMatch(axis -> all.indexOf(axis) >= 0);
    }

    /** Those of the axes that others lack, or have, in their order. */
    static String filter(String axes, String others, boolean present) {
      StringBuilder kept = new StringBuilder();
      for (char axis : axes.toCharArray()) {
        if (others.indexOf(axis) >= 0 == present) {
          kept.append(axis);
        }
      }
      return kept.toString();
    }

    /** How many axes the ellipsis stands for. */
    int leading(int rank) {
      return rank - input.length();
    }
  }

  private Equation parsed() {
    return Equation.of(name, equation, biasAxes);
  }

  /** The extents of the output without the ellipsis. */
  private long[] named(Equation axes, Shape input) {
    int leading = axes.leading(input.rank());
    if (leading < 0 || leading > 0 && !axes.ellipsis()) {
      throw new ShapeMismatchException(
          "Layer '%s' has the equation '%s'; given an input of shape %s."
              .formatted(name, equation, input));
    }
    String output = axes.output();
    long[] dims = new long[output.length()];
    // Keras's output_shape leaves out the batch, or everything that the ellipsis stands for.
    int missing = output.length() - outputShape.size();
    for (int i = 0; i < dims.length; i++) {
      int from = axes.input().indexOf(output.charAt(i));
      int given = i < missing ? 0 : outputShape.get(outputShape.size() - dims.length + i);
      if (from < 0 && given < 1) {
        throw Arguments.invalid(
            name, "output_shape", "an extent for each axis of the kernel", outputShape);
      }
      dims[i] = from < 0 ? given : input.extent(leading + from);
    }
    return dims;
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    Equation axes = parsed();
    long[] output = named(axes, input);
    int leading = axes.leading(input.rank());
    long[] kernel = new long[axes.kernel().length()];
    for (int i = 0; i < kernel.length; i++) {
      char axis = axes.kernel().charAt(i);
      int at = axes.input().indexOf(axis);
      kernel[i] =
          at < 0
              ? output[axes.output().indexOf(axis)]
              : Arguments.known(name, input, leading + at, input).dim(leading + at);
    }
    WeightSpec weight = new WeightSpec("kernel", Shape.of(kernel));
    return biasAxes.isEmpty()
        ? List.of(weight)
        : List.of(weight, new WeightSpec("bias", bias(axes, output, input)));
  }

  /** From the first axis that it has on, with 1 where it has none. */
  private Shape bias(Equation axes, long[] output, Shape input) {
    int first = axes.output().length();
    for (char axis : biasAxes.toCharArray()) {
      first = Math.min(first, axes.output().indexOf(axis));
    }
    long[] dims = Arrays.copyOfRange(output, first, output.length);
    for (int i = 0; i < dims.length; i++) {
      if (biasAxes.indexOf(axes.output().charAt(first + i)) < 0) {
        dims[i] = 1;
      } else if (!Extents.isKnown(dims[i])) {
        throw new ShapeMismatchException(
            "Layer '%s' has a bias whose shape depends on an extent that is not known: %s."
                .formatted(name, input));
      }
    }
    return Shape.of(dims);
  }

  @Override
  public Shape outputShape(Shape input) {
    Equation axes = parsed();
    long[] named = named(axes, input);
    int leading = axes.leading(input.rank());
    long[] dims = Arrays.copyOf(input.extents(), leading + named.length);
    System.arraycopy(named, 0, dims, leading, named.length);
    return Shape.open(dims);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Equation axes = parsed();
    Shape shape = input.shape();
    int leading = axes.leading(shape.rank());
    String free = Equation.filter(axes.input(), axes.kernel(), false);
    String summed = Equation.filter(axes.kernel(), axes.input(), true);
    String columns = Equation.filter(axes.kernel(), axes.input(), false);
    Value moved =
        lowering.asSeen(
            name, lowering.permute(name, input, order(axes.input(), free + summed, leading)));
    Shape kernel = weights.get("kernel").shape();
    long depth = extent(kernel, axes.kernel(), summed);
    long width = extent(kernel, axes.kernel(), columns);
    Value rows = lowering.reshape(name, moved, Shape.of(shape.elementCount() / depth, depth));
    Constant matrix =
        arranged(weights.get("kernel"), order(axes.kernel(), summed + columns, 0))
            .reshape(Shape.of(depth, width));
    InnerProduct product =
        new InnerProduct(rows.shape(), Math.toIntExact(width), false, Activation.LINEAR);
    Value sums = lowering.append(name, product, rows, List.of(matrix), DataFormat.CHANNELS_LAST);
    Shape output = outputShape(shape);
    IntTuple last = order(free + columns, axes.output(), leading);
    long[] unordered = new long[output.rank()];
    for (int i = 0; i < unordered.length; i++) {
      unordered[last.get(i)] = output.dim(i);
    }
    Value apart = lowering.reshape(name, sums, Shape.of(unordered));
    Value result = lowering.asSeen(name, lowering.permute(name, apart, last));
    return activated(lowering, biased(lowering, result, weights));
  }

  private Value biased(Lowering lowering, Value result, Weights weights) {
    if (biasAxes.isEmpty()) {
      return result;
    }
    Constant bias = weights.get("bias");
    long[] dims = new long[result.shape().rank()];
    Arrays.fill(dims, 1);
    for (int i = 0; i < bias.shape().rank(); i++) {
      dims[dims.length - bias.shape().rank() + i] = bias.shape().dim(i);
    }
    Value terms = lowering.constant(bias.reshape(Shape.of(dims)));
    Binary add = new Binary(result.shape(), terms.shape(), BinaryFunction.ADD, Activation.LINEAR);
    return lowering.append(name, add, List.of(result, terms), List.of(), DataFormat.CHANNELS_LAST);
  }

  private Value activated(Lowering lowering, Value result) {
    Eltwise function = new Eltwise(result.shape(), Lowering.fused(activation));
    Value value =
        Lowering.fused(activation) == Activation.LINEAR
            ? result
            : lowering.append(name, function, result, List.of(), DataFormat.CHANNELS_LAST);
    return lowering.activate(name, activation, value);
  }

  /** For each wanted axis, where it is among others; those that the ellipsis stands for stay. */
  private static IntTuple order(String from, String wanted, int leading) {
    return IntTuple.generate(
        leading + wanted.length(),
        i -> i < leading ? i : leading + from.indexOf(wanted.charAt(i - leading)));
  }

  private static long extent(Shape kernel, String axes, String some) {
    long extent = 1;
    for (char axis : some.toCharArray()) {
      extent *= kernel.dim(axes.indexOf(axis));
    }
    return extent;
  }

  /** A constant with its axes in another order; itself if that is its own. */
  private static Constant arranged(Constant constant, IntTuple order) {
    Shape shape = constant.shape();
    List<Integer> axes = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < order.size(); i++) {
      same &= order.get(i) == i;
      axes.add(order.get(i));
    }
    if (same) {
      return constant;
    }
    double[] from = constant.elements();
    double[] to = new double[from.length];
    long[] strides = new long[shape.rank()];
    long stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dim(axis);
    }
    Shape moved = shape.permute(order);
    for (int i = 0; i < to.length; i++) {
      long rest = i;
      long at = 0;
      for (int axis = moved.rank() - 1; axis >= 0; axis--) {
        at += rest % moved.dim(axis) * strides[axes.get(axis)];
        rest /= moved.dim(axis);
      }
      to[i] = from[Math.toIntExact(at)];
    }
    return Constant.of(moved, to);
  }
}
