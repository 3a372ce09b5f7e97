package org.conv4j.portable.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Concat;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Slice;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.JoinedTiles;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/** The ops that only move elements, each as copies of boxes of them. */
public final class Copies {
  private Copies() {}

  public static CompiledOp compile(Permute op, DataType dataType, CompileOptions options) {
    int[] inputStrides = StridedAxes.dense(op.input());
    int[] permuted = new int[inputStrides.length];
    Arrays.setAll(permuted, axis -> inputStrides[op.axes().get(axis)]);
    Shape output = op.output();
    BoxCopy copy = BoxCopy.of(output, 0, 0, permuted, 0, StridedAxes.dense(output));
    return compile(op, "permute", List.of(copy.tiles(dataType)), options);
  }

  public static CompiledOp compile(Slice op, DataType dataType, CompileOptions options) {
    int[] dense = StridedAxes.dense(op.input());
    int[] stepped = new int[dense.length];
    Arrays.setAll(stepped, axis -> dense[axis] * op.steps().get(axis));
    Shape output = op.output();
    BoxCopy copy =
        BoxCopy.of(output, 0, position(op.begin(), dense), stepped, 0, StridedAxes.dense(output));
    return compile(op, "slice", List.of(copy.tiles(dataType)), options);
  }

  public static CompiledOp compile(Concat op, DataType dataType, CompileOptions options) {
    int[] strides = StridedAxes.dense(op.output());
    List<Tiles> parts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < op.inputs().size(); i++) {
      Shape input = op.inputs().get(i);
      int first = begin * strides[op.axis()];
      parts.add(BoxCopy.of(input, i, 0, StridedAxes.dense(input), first, strides).tiles(dataType));
      begin += input.intDim(op.axis());
    }
    return compile(op, "concat", parts, options);
  }

  /** The input, and for each axis the two boxes before and after it, as long as all axes so far. */
  public static CompiledOp compile(Pad op, DataType dataType, CompileOptions options) {
    int[] strides = StridedAxes.dense(op.output());
    int inside = position(op.begin(), strides);
    List<Tiles> parts = new ArrayList<>();
    BoxCopy copy = BoxCopy.of(op.input(), 0, 0, StridedAxes.dense(op.input()), inside, strides);
    parts.add(copy.tiles(dataType));
    long[] box = op.input().toArray();
    int corner = inside;
    for (int axis = 0; axis < box.length; axis++) {
      int begin = op.begin().get(axis);
      int end = op.end().get(axis);
      int behind = corner + op.input().intDim(axis) * strides[axis];
      corner -= begin * strides[axis];
      addFill(parts, box, axis, begin, corner, strides, op.value(), dataType);
      addFill(parts, box, axis, end, behind, strides, op.value(), dataType);
      box[axis] += begin + end;
    }
    return compile(op, "pad", parts, options);
  }

  private static void addFill(
      List<Tiles> parts,
      long[] box,
      int axis,
      int thickness,
      int corner,
      int[] strides,
      double value,
      DataType dataType) {
    if (thickness > 0) {
      long[] dims = box.clone();
      dims[axis] = thickness;
      StridedAxes axes = StridedAxes.merged(Shape.of(dims), new int[dims.length], strides);
      parts.add(new BoxFill(axes, corner, value, dataType));
    }
  }

  private static int position(IntTuple place, int[] strides) {
    int position = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      position += place.get(axis) * strides[axis];
    }
    return position;
  }

  private static CompiledOp compile(Op op, String name, List<Tiles> parts, CompileOptions options) {
    Tiles tiles = parts.size() == 1 ? parts.get(0) : new JoinedTiles(parts);
    int threads = Threads.forWork(options, JavaCosts.COPY * op.output().elementCount());
    return new TiledOp(name, "java:" + parts.get(0), tiles, Math.min(threads, tiles.count()));
  }
}
