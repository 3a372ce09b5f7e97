package org.conv4j.onnx.operator;

import java.util.Arrays;
import java.util.List;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.product.LastAxis;
import org.conv4j.op.Resize;
import org.conv4j.op.ResizeWeights;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Resize in all its modes: one op where an engine's table of weights is ONNX's for this shape, else
 * elements picked by their places, or a product with a matrix along each axis.
 */
final class Resizes implements Family {
  private static final double SAME = 1e-5;

  @Override
  public String[] operators() {
    return new String[] {"Resize 10 11 13 18 19", "Upsample 7 9 10"};
  }

  @Override
  public Value lower(Call call) {
    Value in = call.value(0);
    Shape shape = in.shape();
    int rank = shape.rank();
    double[] scales = new double[rank];
    long[] output = shape.toArray();
    double[] roi = new double[2 * rank];
    Arrays.fill(roi, rank, 2 * rank, 1);
    arguments(call, shape, scales, output, roi);
    ResizeTable[] tables = new ResizeTable[rank];
    boolean identity = true;
    for (int axis = 0; axis < rank; axis++) {
      tables[axis] =
          ResizeTable.of(
              call,
              shape.intDim(axis),
              Math.toIntExact(output[axis]),
              scales[axis],
              roi[axis],
              roi[rank + axis]);
      identity &= tables[axis].isIdentity();
    }
    if (identity) {
      return in;
    }
    Value single = singleOp(call, in, Shape.of(output), tables);
    if (single != null) {
      return single;
    }
    Value result = in;
    for (int axis = 0; axis < rank; axis++) {
      if (!tables[axis].isIdentity()) {
        result =
            tables[axis].taps() == 1 && !tables[axis].leaves()
                ? call.emit().gather(result, axis, tables[axis].places())
                : LastAxis.product(call, result, axis, tables[axis].matrix());
      }
    }
    return extrapolated(call, result, tables);
  }

  /** Finds scales, output extents and the region, for the axes that the node is about. */
  private static void arguments(
      Call call, Shape shape, double[] scales, long[] output, double[] roi) {
    int rank = shape.rank();
    boolean old = call.opset() < 11 || call.operator().equals("Upsample");
    int at = old ? 1 : 2;
    long[] axes = call.node().integers("axes");
    int count = axes == null ? rank : axes.length;
    double[] factors =
        call.has(at) && !call.isEmpty(at) ? call.numbers(at).reals() : call.node().reals("scales");
    long[] sizes = !old && call.has(3) && !call.isEmpty(3) ? call.integers(3) : null;
    if (factors != null && factors.length != count || sizes != null && sizes.length != count) {
      throw call.node().invalid("its scales or sizes do not fit an input of " + shape);
    }
    if (factors == null && sizes == null) {
      throw call.node().invalid("it has neither scales nor sizes");
    }
    Arrays.fill(scales, 1);
    boolean crops =
        call.node().text("coordinate_transformation_mode", "").equals("tf_crop_and_resize");
    double[] region =
        !old && crops && call.has(1) && !call.isEmpty(1) ? call.numbers(1).reals() : null;
    if (region != null && region.length != 2 * count) {
      throw call.node().invalid("its region does not fit an input of " + shape);
    }
    double common = sizes == null ? 1 : common(call, shape, axes, sizes);
    for (int i = 0; i < count; i++) {
      int axis = axes == null ? i : call.node().axis(axes[i], rank);
      double part = 1;
      if (region != null) {
        roi[axis] = region[i];
        roi[rank + axis] = region[count + i];
        part = roi[rank + axis] - roi[axis];
      }
      if (sizes == null) {
        scales[axis] = factors[i];
        output[axis] = (long) Math.floor(shape.dim(axis) * part * factors[i]);
      } else if (common > 0) {
        scales[axis] = common;
        output[axis] = (long) Math.floor(common * shape.dim(axis) + 0.5);
      } else {
        output[axis] = sizes[i];
        scales[axis] = (double) sizes[i] / shape.dim(axis);
      }
    }
  }

  /** The scale of all axes where their proportions are kept, else 0. */
  private static double common(Call call, Shape shape, long[] axes, long[] sizes) {
    String policy = call.node().text("keep_aspect_ratio_policy", "stretch");
    if (policy.equals("stretch")) {
      return 0;
    }
    double result = Double.NaN;
    for (int i = 0; i < sizes.length; i++) {
      int axis = axes == null ? i : call.node().axis(axes[i], shape.rank());
      double scale = (double) sizes[i] / shape.dim(axis);
      boolean first = Double.isNaN(result);
      boolean less = policy.equals("not_larger") ? scale < result : scale > result;
      result = first || less ? scale : result;
    }
    return result;
  }

  /** One op, if there is one whose tables are these. */
  private static Value singleOp(Call call, Value in, Shape output, ResizeTable[] tables) {
    int rank = tables.length;
    if (rank < 3 || rank > 5 || !tables[0].isIdentity() || !tables[1].isIdentity()) {
      return null;
    }
    for (ResizeTable table : tables) {
      if (table.leaves()) {
        return null;
      }
    }
    Value last = call.emit().channelsLast(in);
    Shape stored = last.stored();
    Shape to = output.permute(last.view().axesToChannelsLast(rank));
    for (Resize.Method method : Resize.Method.values()) {
      for (ResizeCoordinates coordinates : ResizeCoordinates.values()) {
        Resize op = new Resize(stored, to, method, coordinates);
        boolean same = true;
        for (int axis = 2; same && axis < rank; axis++) {
          ResizeTable table = tables[axis];
          same =
              table.agrees(
                  ResizeWeights.of(op, stored.intDim(axis - 1), to.intDim(axis - 1)), SAME);
        }
        if (same) {
          return call.emit().append(op, last, List.of(), last.view());
        }
      }
    }
    return null;
  }

  /** Where a region leaves the input, its value is a constant. */
  private static Value extrapolated(Call call, Value in, ResizeTable[] tables) {
    double value = call.node().real("extrapolation_value", 0);
    Value result = in;
    Value inside = null;
    for (int axis = 0; axis < tables.length; axis++) {
      if (tables[axis].leaves()) {
        double[] mask = tables[axis].mask();
        Shape shape = Shapes.along(tables.length, axis, mask.length);
        Value along = call.emit().constant(Constant.of(shape, mask));
        inside = inside == null ? along : call.emit().multiply(inside, along);
      }
    }
    if (inside != null && value != 0) {
      result = call.emit().multiply(result, inside);
      result = call.emit().add(result, call.emit().affine(inside, -value, value));
    }
    return result;
  }
}
