package org.conv4j.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.onnx.shape.ShapeRules;
import org.conv4j.onnx.shape.SliceRanges;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;

/** Operators that reorder, cut and join. */
final class Movements implements Family {
  @Override
  public String[] operators() {
    return new String[] {
      "Concat 1 4 11 13",
      "DepthToSpace 1 11 13",
      "Gather 1 11 13",
      "GatherElements 11 13",
      "GatherND 11 12 13",
      "Slice 1 10 11 13",
      "SpaceToDepth 1 13",
      "Split 1 2 11 13 18",
      "Transpose 1 13 21 23 24 25",
    };
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    return switch (call.operator()) {
      case "Concat" -> concat(call);
      case "DepthToSpace" -> toSpace(call);
      case "SpaceToDepth" -> toDepth(call);
      case "Gather" -> gather(call);
      case "GatherElements", "GatherND" -> flatGather(call);
      case "Slice" -> slice(call);
      case "Split" -> split(call);
      default -> call.emit().permute(call.value(0), ShapeRules.order(call.node(), call.rank(0)));
    };
  }

  private static Value concat(Call call) {
    List<Value> values = new ArrayList<>();
    int rank = call.rank(0);
    for (int i = 0; i < call.count(); i++) {
      values.add(call.value(i));
      // An empty vector may stand for an empty tensor of any rank.
      rank = Math.max(rank, call.rank(i));
    }
    int axis = call.node().axis(call.node().integer("axis", 1), rank);
    return call.emit().concat(values, axis);
  }

  private static Value slice(Call call) {
    long[] dims = call.shape(0).toArray();
    boolean old = !call.has(1);
    SliceRanges ranges =
        SliceRanges.of(
            call.node(),
            dims,
            old ? call.node().integers("starts") : call.integers(1),
            old ? call.node().integers("ends") : call.integers(2),
            call.integers(3, "axes"),
            call.has(4) ? call.integers(4) : null);
    return call.emit().slice(call.value(0), ranges.begin(), ranges.step(), ranges.count());
  }

  private static Value split(Call call) {
    int axis = call.axis("axis", 0);
    long[] parts =
        ShapeRules.split(call.node(), call.shape(0).dim(axis), call.integers(1, "split"));
    long first = 0;
    for (int i = 0; i < call.output(); i++) {
      first += parts[i];
    }
    return call.emit().slice(call.value(0), axis, first, 1, parts[call.output()]);
  }

  private static Value gather(Call call) {
    Value in = call.value(0);
    int axis = call.axis("axis", 0);
    Numbers indices = call.numbers(1);
    Value taken = call.emit().gather(in, axis, Places.along(call, indices, in.shape().dim(axis)));
    Shape shape = in.shape();
    long[] dims = new long[shape.rank() - 1 + indices.rank()];
    for (int i = 0; i < axis; i++) {
      dims[i] = shape.dim(i);
    }
    System.arraycopy(indices.dims(), 0, dims, axis, indices.rank());
    for (int i = axis + 1; i < shape.rank(); i++) {
      dims[i - 1 + indices.rank()] = shape.dim(i);
    }
    return call.emit().reshape(taken, Shape.ofElements(dims));
  }

  /** Elements or rows by places that are known. */
  private static Value flatGather(Call call) {
    Shape shape = call.shape(0);
    Numbers indices = call.numbers(1);
    long[] dims = indices.dims();
    int[] places;
    long[] result = dims;
    long row = 1;
    if (call.operator().equals("GatherElements")) {
      places = Places.elements(call, shape, indices);
    } else {
      int batch = call.node().integer("batch_dims", 0);
      int last = dims.length - 1;
      if (last < batch || batch < 0 || dims[last] < 1 || dims[last] > shape.rank() - batch) {
        throw call.node().invalid("its indices do not fit an input of " + shape);
      }
      int depth = (int) dims[last];
      row = Shapes.product(shape, batch + depth, shape.rank());
      places = Places.rows(call, shape, indices, batch, depth);
      int inner = shape.rank() - batch - depth;
      result = Arrays.copyOf(dims, last + inner);
      for (int k = 0; k < inner; k++) {
        result[last + k] = shape.dim(batch + depth + k);
      }
    }
    Value flat = call.emit().reshape(call.value(0), Shape.of(shape.elementCount() / row, row));
    return call.emit().reshape(call.emit().gather(flat, 0, places), Shape.ofElements(result));
  }

  private static Value toSpace(Call call) {
    int block = call.node().integer("blocksize", 0);
    Value in = image(call);
    Shape stored = in.stored();
    if (block < 1 || stored.dim(3) % ((long) block * block) != 0) {
      throw call.node()
          .invalid("blocks of %d do not fit an input of %s".formatted(block, in.shape()));
    }
    long depth = stored.dim(3) / block / block;
    boolean columns = call.node().text("mode", "DCR").equals("CRD");
    Shape apart =
        columns
            ? Shape.of(stored.dim(0), stored.dim(1), stored.dim(2), depth, block, block)
            : Shape.of(stored.dim(0), stored.dim(1), stored.dim(2), block, block, depth);
    int[] order = columns ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 1, 3, 2, 4, 5};
    return stored(
        call,
        call.emit().permute(plain(in, apart), order),
        Shape.of(stored.dim(0), stored.dim(1) * block, stored.dim(2) * block, depth));
  }

  private static Value toDepth(Call call) {
    int block = call.node().integer("blocksize", 0);
    Value in = image(call);
    Shape stored = in.stored();
    if (block < 1 || stored.dim(1) % block != 0 || stored.dim(2) % block != 0) {
      throw call.node()
          .invalid("blocks of %d do not fit an input of %s".formatted(block, in.shape()));
    }
    long rows = stored.dim(1) / block;
    long columns = stored.dim(2) / block;
    Shape apart = Shape.of(stored.dim(0), rows, block, columns, block, stored.dim(3));
    return stored(
        call,
        call.emit().permute(plain(in, apart), 0, 1, 3, 2, 4, 5),
        Shape.of(stored.dim(0), rows, columns, stored.dim(3) * block * block));
  }

  private static Value image(Call call) {
    if (call.rank(0) != 4) {
      throw call.node().invalid("its input needs 4 dimensions; given " + call.shape(0));
    }
    return call.emit().channelsLast(call.value(0));
  }

  /** What memory holds, as if the file saw it so. */
  private static Value plain(Value in, Shape shape) {
    return new Value(in.id(), shape, DataFormat.CHANNELS_LAST);
  }

  /** What memory holds as channels-last images, as the file sees it. */
  private static Value stored(Call call, Value in, Shape image) {
    Value plain = call.emit().plain(in);
    Shape seen = image.permute(DataFormat.CHANNELS_FIRST.axesFromChannelsLast(4));
    return new Value(plain.id(), seen, DataFormat.CHANNELS_FIRST);
  }
}
