package org.conv4j.onnx.shape;

import java.util.Arrays;
import java.util.List;

/** Operators that pick, repeat and join elements. */
final class NumberMovement {
  private NumberMovement() {}

  /** The result, or null if this does not know the operator. */
  static Numbers apply(NodeInfo node, List<Numbers> inputs, int output) {
    Numbers in = inputs.isEmpty() ? null : inputs.get(0);
    return switch (node.operator()) {
      case "Identity", "Dropout" -> in;
      case "Reshape" -> reshape(node, in, inputs);
      case "Flatten" -> flatten(node, in);
      case "Squeeze", "Unsqueeze" -> {
        long[] axes = axes(node, inputs);
        yield in.reshape(
            node.operator().equals("Squeeze")
                ? ShapeRules.squeezed(node, in.dims(), axes)
                : ShapeRules.unsqueezed(node, in.dims(), axes));
      }
      case "Transpose" -> transpose(node, in);
      case "Slice" -> slice(node, in, inputs);
      case "Gather" -> gather(node, in, inputs.get(1));
      case "Concat" -> concat(node, inputs);
      case "Split" -> split(node, in, inputs, output);
      case "Expand" -> expand(node, in, inputs.get(1).integers());
      case "ScatterND" -> scatter(node, in, inputs.get(1), inputs.get(2));
      case "Trilu" -> triangle(node, in, inputs);
      case "Tile" -> tile(node, in, inputs.get(1).integers());
      default -> null;
    };
  }

  private static long[] axes(NodeInfo node, List<Numbers> inputs) {
    Numbers given = inputs.size() > 1 ? inputs.get(1) : null;
    return given == null ? node.integers("axes") : given.integers();
  }

  private static Numbers reshape(NodeInfo node, Numbers in, List<Numbers> inputs) {
    long[] wanted = integers(inputs, 1);
    wanted = wanted == null ? node.integers("shape") : wanted;
    return in.reshape(ShapeRules.reshaped(node, in.dims(), wanted));
  }

  private static Numbers flatten(NodeInfo node, Numbers in) {
    return in.reshape(ShapeRules.flattened(node, in.dims()));
  }

  private static Numbers transpose(NodeInfo node, Numbers in) {
    int[] order = ShapeRules.order(node, in.rank());
    long[] own = Strides.of(in.dims());
    long[] dims = new long[order.length];
    long[] steps = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      dims[i] = in.dims()[order[i]];
      steps[i] = own[order[i]];
    }
    return in.pick(dims, Strides.places(dims, in.count(), 0, steps));
  }

  private static Numbers slice(NodeInfo node, Numbers in, List<Numbers> inputs) {
    SliceRanges ranges = ranges(node, in.dims(), inputs);
    long[] own = Strides.of(in.dims());
    long first = 0;
    long[] steps = new long[own.length];
    for (int axis = 0; axis < own.length; axis++) {
      first += ranges.begin()[axis] * own[axis];
      steps[axis] = ranges.step()[axis] * own[axis];
    }
    int count = Numbers.count(ranges.count(), node);
    return in.pick(ranges.count(), Strides.places(ranges.count(), count, first, steps));
  }

  private static SliceRanges ranges(NodeInfo node, long[] dims, List<Numbers> inputs) {
    if (inputs.size() < 3) {
      return SliceRanges.of(
          node, dims, node.integers("starts"), node.integers("ends"), node.integers("axes"), null);
    }
    return SliceRanges.of(
        node,
        dims,
        integers(inputs, 1),
        integers(inputs, 2),
        integers(inputs, 3),
        integers(inputs, 4));
  }

  /** The elements of an optional input, or null. */
  private static long[] integers(List<Numbers> inputs, int index) {
    Numbers given = index < inputs.size() ? inputs.get(index) : null;
    return given == null ? null : given.integers();
  }

  private static Numbers gather(NodeInfo node, Numbers in, Numbers indices) {
    int axis = node.axis(node.integer("axis", 0), in.rank());
    long[] dims = new long[in.rank() - 1 + indices.rank()];
    System.arraycopy(in.dims(), 0, dims, 0, axis);
    System.arraycopy(indices.dims(), 0, dims, axis, indices.rank());
    System.arraycopy(in.dims(), axis + 1, dims, axis + indices.rank(), in.rank() - axis - 1);
    int count = Numbers.count(dims, node);
    long inner = Strides.of(in.dims())[axis];
    long extent = in.dims()[axis];
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      long rest = i % inner;
      long outer = i / inner;
      long index = indices.integer((int) (outer % indices.count()));
      index = index < 0 ? index + extent : index;
      if (index < 0 || index >= extent) {
        throw node.invalid("there is no element %d on an axis of %d".formatted(index, extent));
      }
      places[i] = (int) ((outer / indices.count() * extent + index) * inner + rest);
    }
    return in.pick(dims, places);
  }

  private static Numbers concat(NodeInfo node, List<Numbers> inputs) {
    Numbers first = inputs.get(0);
    int axis = node.axis(node.integer("axis", 1), first.rank());
    long[] dims = first.dims().clone();
    dims[axis] = 0;
    for (Numbers part : inputs) {
      for (int i = 0; i < dims.length; i++) {
        if (part.rank() != dims.length || i != axis && part.dims()[i] != dims[i]) {
          throw node.invalid("its inputs have shapes that cannot be concatenated");
        }
      }
      dims[axis] += part.dims()[axis];
    }
    int count = Numbers.count(dims, node);
    boolean whole = first.type().isInteger();
    long[] integers = new long[whole ? count : 0];
    double[] reals = new double[whole ? 0 : count];
    long[] own = Strides.of(dims);
    long at = 0;
    for (Numbers part : inputs) {
      int[] places = Strides.places(part.dims(), part.count(), at * own[axis], own);
      for (int i = 0; i < places.length; i++) {
        if (whole) {
          integers[places[i]] = part.integer(i);
        } else {
          reals[places[i]] = part.real(i);
        }
      }
      at += part.dims()[axis];
    }
    return whole ? Numbers.of(first.type(), dims, integers) : Numbers.of(first.type(), dims, reals);
  }

  private static Numbers split(NodeInfo node, Numbers in, List<Numbers> inputs, int output) {
    int axis = node.axis(node.integer("axis", 0), in.rank());
    Numbers given = inputs.size() > 1 ? inputs.get(1) : null;
    long[] sizes = given == null ? node.integers("split") : given.integers();
    long[] parts = ShapeRules.split(node, in.dims()[axis], sizes);
    long first = 0;
    for (int i = 0; i < output; i++) {
      first += parts[i];
    }
    long[] own = Strides.of(in.dims());
    long[] dims = in.dims().clone();
    dims[axis] = parts[output];
    int count = Numbers.count(dims, node);
    return in.pick(dims, Strides.places(dims, count, first * own[axis], own));
  }

  private static Numbers expand(NodeInfo node, Numbers in, long[] wanted) {
    long[] dims = Strides.broadcast(node, in.dims(), wanted);
    int count = Numbers.count(dims, node);
    return in.pick(dims, Strides.places(dims, count, 0, Strides.broadcast(in.dims(), dims.length)));
  }

  private static Numbers tile(NodeInfo node, Numbers in, long[] repeats) {
    if (repeats.length != in.rank()) {
      throw node.invalid("it needs one number of repeats for each axis");
    }
    // Each axis as two: the copies, and the elements of one copy.
    int rank = in.rank();
    long[] own = Strides.of(in.dims());
    long[] split = new long[2 * rank];
    long[] steps = new long[2 * rank];
    long[] dims = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      split[2 * axis] = repeats[axis];
      split[2 * axis + 1] = in.dims()[axis];
      steps[2 * axis + 1] = own[axis];
      dims[axis] = repeats[axis] > Numbers.MOST ? repeats[axis] : repeats[axis] * in.dims()[axis];
    }
    int count = Numbers.count(dims, node);
    return in.pick(dims, Strides.places(split, count, 0, steps));
  }

  /** A copy in which some rows are others. */
  private static Numbers scatter(NodeInfo node, Numbers in, Numbers indices, Numbers updates) {
    if (!node.text("reduction", "none").equals("none")) {
      throw node.invalid("a reduction is not supported");
    }
    long last = indices.rank() == 0 ? -1 : indices.dims()[indices.rank() - 1];
    if (last < 0 || last > in.rank()) {
      throw node.invalid("its indices do not fit its input");
    }
    int depth = (int) last;
    long[] own = Strides.of(in.dims());
    int row = depth == 0 ? in.count() : (int) own[depth - 1];
    double[] results = in.reals();
    for (int i = 0; i < updates.count() / Math.max(1, row); i++) {
      long place = 0;
      for (int k = 0; k < depth; k++) {
        long index = indices.integer(i * depth + k);
        long extent = in.dims()[k];
        index = index < 0 ? index + extent : index;
        if (index < 0 || index >= extent) {
          throw node.invalid("there is no element %d on an axis of %d".formatted(index, extent));
        }
        place += index * own[k];
      }
      for (int k = 0; k < row; k++) {
        results[(int) place + k] = updates.real(i * row + k);
      }
    }
    return Numbers.converted(in.type(), in.dims(), results);
  }

  private static Numbers triangle(NodeInfo node, Numbers in, List<Numbers> inputs) {
    if (in.rank() < 2) {
      throw node.invalid("its input needs 2 dimensions or more");
    }
    boolean upper = node.flag("upper", true);
    long shift = inputs.size() > 1 && inputs.get(1) != null ? inputs.get(1).integer(0) : 0;
    long rows = in.dims()[in.rank() - 2];
    long columns = in.dims()[in.rank() - 1];
    double[] results = in.reals();
    for (int i = 0; i < results.length; i++) {
      long distance = i % columns - i / columns % rows;
      results[i] = (upper ? distance >= shift : distance <= shift) ? results[i] : 0;
    }
    return Numbers.converted(in.type(), in.dims(), results);
  }

  /** Fills a tensor with copies of one element. */
  static Numbers filled(NodeInfo node, Numbers element, long[] dims) {
    int[] places = new int[Numbers.count(dims, node)];
    Arrays.fill(places, 0);
    return element.pick(dims, places);
  }
}
