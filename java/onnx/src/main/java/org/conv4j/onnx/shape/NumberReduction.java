package org.conv4j.onnx.shape;

import java.util.Arrays;
import java.util.List;
import org.conv4j.onnx.format.TensorType;

/** Operators that make one number of several. */
final class NumberReduction {
  private NumberReduction() {}

  /** The result, or null if this does not know the operator. */
  static Numbers apply(NodeInfo node, List<Numbers> inputs) {
    return switch (node.operator()) {
      case "ReduceSum", "ReduceProd", "ReduceMin", "ReduceMax", "ReduceMean" ->
          reduce(node, inputs);
      case "ArgMax", "ArgMin" -> extremum(node, inputs.get(0));
      case "CumSum" -> sums(node, inputs.get(0), inputs.get(1).integer(0));
      default -> null;
    };
  }

  private static Numbers reduce(NodeInfo node, List<Numbers> inputs) {
    Numbers in = inputs.get(0);
    Numbers given = inputs.size() > 1 ? inputs.get(1) : null;
    long[] axes = given == null ? node.integers("axes") : given.integers();
    boolean none = axes == null || axes.length == 0;
    if (none && node.flag("noop_with_empty_axes", false)) {
      return in;
    }
    boolean[] along = new boolean[in.rank()];
    Arrays.fill(along, none);
    for (int i = 0; !none && i < axes.length; i++) {
      along[node.axis(axes[i], in.rank())] = true;
    }
    long[] kept = in.dims().clone();
    long[] steps = new long[kept.length];
    int left = 0;
    long[] dropped = new long[kept.length];
    for (int axis = 0; axis < kept.length; axis++) {
      if (along[axis]) {
        kept[axis] = 1;
      } else {
        dropped[left++] = kept[axis];
      }
    }
    long[] own = Strides.of(kept);
    for (int axis = 0; axis < kept.length; axis++) {
      steps[axis] = along[axis] ? 0 : own[axis];
    }
    int[] places = Strides.places(in.dims(), in.count(), 0, steps);
    Numbers result = combine(node, in, places, Numbers.count(kept, node));
    return result.reshape(node.flag("keepdims", true) ? kept : Arrays.copyOf(dropped, left));
  }

  private static Numbers combine(NodeInfo node, Numbers in, int[] places, int count) {
    double[] results = new double[count];
    int[] terms = new int[count];
    Arrays.fill(
        results,
        switch (node.operator()) {
          case "ReduceProd" -> 1;
          case "ReduceMin" -> Double.POSITIVE_INFINITY;
          case "ReduceMax" -> Double.NEGATIVE_INFINITY;
          default -> 0;
        });
    for (int i = 0; i < places.length; i++) {
      int place = places[i];
      double x = in.real(i);
      results[place] =
          switch (node.operator()) {
            case "ReduceProd" -> results[place] * x;
            case "ReduceMin" -> Math.min(results[place], x);
            case "ReduceMax" -> Math.max(results[place], x);
            default -> results[place] + x;
          };
      terms[place]++;
    }
    for (int i = 0; node.operator().equals("ReduceMean") && i < count; i++) {
      results[i] /= terms[i];
    }
    return Numbers.converted(in.type(), new long[] {count}, results);
  }

  private static Numbers extremum(NodeInfo node, Numbers in) {
    int axis = node.axis(node.integer("axis", 0), in.rank());
    boolean last = node.flag("select_last_index", false);
    int sign = node.operator().equals("ArgMax") ? 1 : -1;
    long inner = Strides.of(in.dims())[axis];
    int extent = (int) in.dims()[axis];
    if (extent == 0) {
      throw node.invalid("an axis of 0 has no largest element");
    }
    int count = in.count() / extent;
    long[] found = new long[count];
    for (int i = 0; i < count; i++) {
      int first = (int) (i / inner * extent * inner + i % inner);
      for (int k = 1; k < extent; k++) {
        double order =
            sign
                * Double.compare(
                    in.real((int) (first + k * inner)), in.real((int) (first + found[i] * inner)));
        if (order > 0 || order == 0 && last) {
          found[i] = k;
        }
      }
    }
    long[] dims = in.dims().clone();
    dims[axis] = 1;
    Numbers result = Numbers.of(TensorType.INT64, dims, found);
    return node.flag("keepdims", true)
        ? result
        : result.reshape(ShapeRules.squeezed(node, dims, new long[] {axis}));
  }

  private static Numbers sums(NodeInfo node, Numbers in, long given) {
    int axis = node.axis(given, in.rank());
    boolean exclusive = node.flag("exclusive", false);
    boolean reverse = node.flag("reverse", false);
    int inner = (int) Strides.of(in.dims())[axis];
    int extent = (int) in.dims()[axis];
    double[] results = new double[in.count()];
    for (int i = 0; i < in.count(); i++) {
      int place = i / inner % extent;
      int from = reverse ? place + (exclusive ? 1 : 0) : 0;
      int to = reverse ? extent : place + (exclusive ? 0 : 1);
      // A running sum in the order of the axis, which is short.
      for (int k = from; k < to; k++) {
        results[i] += in.real(i + (k - place) * inner);
      }
    }
    return Numbers.converted(in.type(), in.dims(), results);
  }
}
