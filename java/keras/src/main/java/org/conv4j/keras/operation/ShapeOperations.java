package org.conv4j.keras.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.layer.PreprocessingReaders;
import org.conv4j.operation.reshaping.DepthToSpace;
import org.conv4j.operation.reshaping.ExpandDims;
import org.conv4j.operation.reshaping.Flip;
import org.conv4j.operation.reshaping.GetItem;
import org.conv4j.operation.reshaping.Index;
import org.conv4j.operation.reshaping.Pad;
import org.conv4j.operation.reshaping.Repeat;
import org.conv4j.operation.reshaping.Reshape;
import org.conv4j.operation.reshaping.Roll;
import org.conv4j.operation.reshaping.SpaceToDepth;
import org.conv4j.operation.reshaping.SplitPart;
import org.conv4j.operation.reshaping.Squeeze;
import org.conv4j.operation.reshaping.Tile;
import org.conv4j.operation.reshaping.Transpose;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;

/** The operations that take, move, repeat or surround elements without changing them. */
final class ShapeOperations {
  static final String SPLIT = "Split";
  static final String UNSTACK = "Unstack";

  private ShapeOperations() {}

  static void addTo(Map<String, Function<OperationCall, OperationLayer>> readers) {
    readers.put("ExpandDims", ShapeOperations::expandDims);
    readers.put("DepthToSpace", ShapeOperations::depthToSpace);
    readers.put("Flip", call -> call.of(1, new Flip(call.name(), call.axes("axis"))));
    readers.put("Fliplr", call -> call.of(1, new Flip(call.name(), IntTuple.of(1))));
    readers.put("Flipud", call -> call.of(1, new Flip(call.name(), IntTuple.of(0))));
    readers.put("GetItem", ShapeOperations::getItem);
    readers.put("Moveaxis", ShapeOperations::moveAxis);
    readers.put("Pad", ShapeOperations::pad);
    readers.put("Ravel", call -> call.of(1, new Reshape(call.name(), List.of(-1L))));
    readers.put("Repeat", ShapeOperations::repeat);
    readers.put("Resize", ShapeOperations::resize);
    readers.put("Reshape", ShapeOperations::reshape);
    readers.put("Roll", ShapeOperations::roll);
    readers.put("SpaceToDepth", ShapeOperations::spaceToDepth);
    readers.put(SPLIT, ShapeOperations::split);
    readers.put("Squeeze", call -> call.of(1, new Squeeze(call.name(), call.axes("axis"))));
    readers.put("Swapaxes", ShapeOperations::swapAxes);
    readers.put("Tile", ShapeOperations::tile);
    readers.put(UNSTACK, ShapeOperations::unstack);
    readers.put("Transpose", call -> call.of(1, new Transpose(call.name(), call.axes("axes"))));
  }

  private static OperationLayer expandDims(OperationCall call) {
    IntTuple axes = call.axes("axis");
    if (axes == null) {
      throw call.config().invalid("axis", "a whole number or a list of them", null);
    }
    return call.of(1, new ExpandDims(call.name(), axes));
  }

  private static OperationLayer getItem(OperationCall call) {
    call.requireOperands(2);
    JsonNode key = call.operand(1);
    List<Index> indices = new ArrayList<>();
    for (JsonNode index : key.isArray() ? key : List.of(key)) {
      indices.add(index(call, index));
    }
    return call.ofMixed(new GetItem(call.name(), indices));
  }

  private static Index index(OperationCall call, JsonNode index) {
    if (index.isNull()) {
      return Index.NEW_AXIS;
    }
    if (index.isIntegralNumber()) {
      return new Index.At(call.integer("an index", index));
    }
    return switch (index.path("class_name").asText()) {
      case "__ellipsis__" -> Index.ELLIPSIS;
      case "__slice__" -> {
        JsonNode slice = index.path("config");
        yield new Index.Range(
            bound(call, slice.path("start")),
            bound(call, slice.path("stop")),
            bound(call, slice.path("step")));
      }
      default ->
          throw call.config()
              .invalid("an index", "a whole number, a slice, None or an ellipsis", index);
    };
  }

  private static Integer bound(OperationCall call, JsonNode bound) {
    return bound.isNull() || bound.isMissingNode() ? null : call.integer("a slice", bound);
  }

  private static OperationLayer moveAxis(OperationCall call) {
    int rank = call.rank();
    int from = axis(call, "source", rank);
    int to = axis(call, "destination", rank);
    List<Integer> order = order(rank);
    order.remove(from);
    order.add(to, from);
    return call.of(1, new Transpose(call.name(), tuple(order)));
  }

  private static OperationLayer swapAxes(OperationCall call) {
    int rank = call.rank();
    List<Integer> order = order(rank);
    Collections.swap(order, axis(call, "axis1", rank), axis(call, "axis2", rank));
    return call.of(1, new Transpose(call.name(), tuple(order)));
  }

  private static int axis(OperationCall call, String argument, int rank) {
    int axis = call.config().number(argument);
    if (axis < -rank || axis >= rank) {
      throw call.config().invalid(argument, "from " + -rank + " to " + (rank - 1), axis);
    }
    return Math.floorMod(axis, rank);
  }

  private static List<Integer> order(int rank) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      order.add(axis);
    }
    return order;
  }

  private static IntTuple tuple(List<Integer> values) {
    return IntTuple.generate(values.size(), values::get);
  }

  /** One number for all sides, a pair for all axes, or a pair for each axis. */
  private static OperationLayer pad(OperationCall call) {
    if (!call.config().text("mode", "constant").equalsIgnoreCase("constant")) {
      throw call.config().invalid("mode", "constant", call.config().get("mode"));
    }
    double value =
        call.config().has("constant_values") ? call.config().real("constant_values", 0) : 0;
    JsonNode width = call.config().get("pad_width");
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    if (!width.isArray() || width.path(0).isIntegralNumber()) {
      begin.add(call.integer("pad_width", width.isArray() ? width.get(0) : width));
      end.add(call.integer("pad_width", width.isArray() ? width.get(width.size() - 1) : width));
    } else {
      for (JsonNode pair : width) {
        begin.add(call.integer("pad_width", pair.get(0)));
        end.add(call.integer("pad_width", pair.get(pair.size() - 1)));
      }
    }
    return call.of(1, new Pad(call.name(), tuple(begin), tuple(end), value));
  }

  private static OperationLayer repeat(OperationCall call) {
    Repeat layer =
        new Repeat(
            call.name(), call.config().number("repeats"), call.config().number("axis"), false);
    return call.of(1, layer);
  }

  private static OperationLayer tile(OperationCall call) {
    IntTuple repeats = call.axes("repeats");
    if (repeats == null) {
      throw call.config().invalid("repeats", "a list of whole numbers", null);
    }
    return call.of(1, new Tile(call.name(), repeats));
  }

  private static OperationLayer resize(OperationCall call) {
    IntTuple size = call.axes("size");
    if (size == null || size.size() != 2) {
      throw call.config().invalid("size", "a height and a width", call.config().get("size"));
    }
    return call.of(
        1, PreprocessingReaders.resizing(call.config(), call.name(), size.get(0), size.get(1)));
  }

  private static OperationLayer roll(OperationCall call) {
    IntTuple shifts = call.axes("shift");
    IntTuple axes = call.axes("axis");
    if (shifts == null) {
      throw call.config().invalid("shift", "a whole number or a list of them", null);
    }
    if (axes != null && shifts.size() == 1 && axes.size() > 1) {
      int distance = shifts.get(0);
      shifts = IntTuple.generate(axes.size(), i -> distance);
    }
    return call.of(1, new Roll(call.name(), shifts, axes));
  }

  private static OperationLayer depthToSpace(OperationCall call) {
    int block = call.config().number("block_size");
    return call.of(1, new DepthToSpace(call.name(), block, dataFormat(call)));
  }

  private static OperationLayer spaceToDepth(OperationCall call) {
    int block = call.config().number("block_size");
    return call.of(1, new SpaceToDepth(call.name(), block, dataFormat(call)));
  }

  private static DataFormat dataFormat(OperationCall call) {
    return call.config().choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST);
  }

  /** One of the slices along an axis; how many there are, the tensor tells. */
  private static OperationLayer unstack(OperationCall call) {
    call.config().ignore("num");
    int axis = call.config().number("axis", 0);
    Index slice = new Index.At(call.output());
    List<Index> indices = new ArrayList<>();
    if (axis < 0) {
      indices.add(Index.ELLIPSIS);
      indices.add(slice);
      for (int i = axis + 1; i < 0; i++) {
        indices.add(new Index.Range(null, null, null));
      }
    } else {
      indices.addAll(Index.along(axis, slice));
    }
    return call.of(1, new GetItem(call.name(), indices));
  }

  /** Keras writes an extent that it did not know as null. */
  private static OperationLayer reshape(OperationCall call) {
    JsonNode shape = call.config().get("newshape");
    List<Long> dims = new ArrayList<>();
    for (JsonNode dim : shape.isArray() ? shape : List.of(shape)) {
      dims.add(dim.isNull() ? -1L : call.integer("newshape", dim));
    }
    return call.of(1, new Reshape(call.name(), dims));
  }

  private static OperationLayer split(OperationCall call) {
    JsonNode where = call.config().get("indices_or_sections");
    int sections = where.isArray() ? 0 : call.integer("indices_or_sections", where);
    if (!where.isArray() && sections < 1) {
      throw call.config().invalid("indices_or_sections", "at least 1", sections);
    }
    IntTuple cuts = where.isArray() ? call.integers("indices_or_sections", where) : IntTuple.of();
    int axis = call.config().number("axis", 0);
    return call.of(1, new SplitPart(call.name(), axis, sections, cuts, call.output()));
  }
}
