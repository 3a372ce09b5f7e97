package org.conv4j.onnx.product;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Products of matrices. */
public final class MatrixProducts implements Family {
  @Override
  public String[] operators() {
    return new String[] {"Einsum 12", "Gemm 1 6 7 9 11 13", "MatMul 1 9 13"};
  }

  @Override
  public Value lower(Call call) {
    return switch (call.operator()) {
      case "MatMul" -> product(call);
      case "Gemm" -> gemm(call);
      default -> new EinsumTerms(call).append();
    };
  }

  private static Value product(Call call) {
    Emitter emit = call.emit();
    Value left = call.value(0);
    int leftRank = left.shape().rank();
    if (call.isConstant(1) && call.rank(1) == 2 && leftRank >= 2) {
      return inner(call, left, call.constant(1), null);
    }
    Value right = call.value(1);
    int rightRank = right.shape().rank();
    if (leftRank == 0 || rightRank == 0) {
      throw call.node().invalid("a single number is no matrix");
    }
    // A vector is a row on the left and a column on the right.
    Value a = leftRank == 1 ? emit.reshape(left, Shapes.expanded(left.shape(), 2)) : left;
    Value b = rightRank == 1 ? emit.reshape(right, Shape.of(right.shape().dim(0), 1)) : right;
    Value result = batched(call, a, b);
    long[] dims = result.shape().toArray();
    int count = dims.length;
    long[] kept = new long[count - (leftRank == 1 ? 1 : 0) - (rightRank == 1 ? 1 : 0)];
    int at = 0;
    for (int i = 0; i < count; i++) {
      boolean dropped = leftRank == 1 && i == count - 2 || rightRank == 1 && i == count - 1;
      if (!dropped) {
        kept[at++] = dims[i];
      }
    }
    return emit.reshape(result, Shape.of(kept));
  }

  /** A product with weights, along the last axis. */
  static Value inner(Call call, Value left, Constant matrix, Constant bias) {
    Value in = call.emit().plain(left);
    if (in.shape().dim(-1) != matrix.shape().dim(0)) {
      throw call.node()
          .invalid("%s and %s cannot be multiplied".formatted(in.shape(), matrix.shape()));
    }
    InnerProduct op =
        new InnerProduct(in.shape(), matrix.shape().intDim(1), bias != null, Activation.LINEAR);
    return call.emit()
        .append(
            op,
            in,
            bias == null ? List.of(matrix) : List.of(matrix, bias),
            DataFormat.CHANNELS_LAST);
  }

  /** Matrices of the last two axes; the others are combined as NumPy does. */
  static Value batched(Call call, Value left, Value right) {
    Emitter emit = call.emit();
    int rank = Math.max(left.shape().rank(), right.shape().rank());
    Shape a = Shapes.expanded(left.shape(), rank);
    Shape b = Shapes.expanded(right.shape(), rank);
    if (a.dim(-1) != b.dim(-2)) {
      throw call.node().invalid("%s and %s cannot be multiplied".formatted(a, b));
    }
    long[] batch = new long[rank];
    for (int i = 0; i < rank - 2; i++) {
      if (a.dim(i) != b.dim(i) && a.dim(i) != 1 && b.dim(i) != 1) {
        throw call.node().invalid("%s and %s cannot be multiplied".formatted(a, b));
      }
      batch[i] = Math.max(a.dim(i), b.dim(i));
    }
    long count = 1;
    for (int i = 0; i < rank - 2; i++) {
      count *= batch[i];
    }
    batch[rank - 2] = a.dim(-2);
    batch[rank - 1] = b.dim(-1);
    boolean shared = Shapes.product(b, 0, rank - 2) == 1;
    Value x = emit.reshape(left, a);
    Value y = emit.reshape(right, b);
    if (shared) {
      // One matrix for all: the others' rows are the rows of one.
      MatMul op =
          new MatMul(Shape.of(1, count * a.dim(-2), a.dim(-1)), Shape.of(1, b.dim(-2), b.dim(-1)));
      return emit.reshape(append(call, op, x, y), Shape.of(batch));
    }
    long[] wholeLeft = batch.clone();
    wholeLeft[rank - 1] = a.dim(-1);
    long[] wholeRight = batch.clone();
    wholeRight[rank - 2] = b.dim(-2);
    x = emit.expand(x, Shape.of(wholeLeft));
    y = emit.expand(y, Shape.of(wholeRight));
    MatMul op =
        new MatMul(Shape.of(count, a.dim(-2), a.dim(-1)), Shape.of(count, b.dim(-2), b.dim(-1)));
    return emit.reshape(append(call, op, x, y), Shape.of(batch));
  }

  private static Value append(Call call, MatMul op, Value left, Value right) {
    Emitter emit = call.emit();
    Value a = emit.lowering().reshape(call.node().name(), left, op.left());
    Value b = emit.lowering().reshape(call.node().name(), right, op.right());
    return emit.lowering()
        .append(call.node().name(), op, List.of(a, b), List.of(), DataFormat.CHANNELS_LAST);
  }

  private static Value gemm(Call call) {
    Emitter emit = call.emit();
    double alpha = call.node().real("alpha", 1);
    double beta = call.node().real("beta", 1);
    Value left = call.value(0);
    if (left.shape().rank() != 2 && call.opset() < 9) {
      // Opset 6 and before took a matrix by any other name.
      long rows = left.shape().dim(0);
      left = emit.reshape(left, Shape.of(rows, left.shape().elementCount() / rows));
    }
    if (left.shape().rank() != 2 || call.rank(1) != 2) {
      throw call.node().invalid("its inputs must be matrices");
    }
    Value a = call.node().flag("transA", false) ? emit.permute(left, 1, 0) : left;
    boolean turned = call.node().flag("transB", false);
    Value product;
    if (call.isConstant(1)) {
      Constant matrix = call.constant(1);
      Constant weights = turned ? Call.permuted(matrix, IntTuple.of(1, 0)) : matrix;
      boolean plain = alpha == 1 && beta == 1;
      Constant bias = plain ? bias(call, weights.shape().dim(1)) : null;
      product = inner(call, a, weights, bias);
      if (bias != null) {
        return product;
      }
    } else {
      Value right = call.value(1);
      product = batched(call, a, turned ? emit.permute(right, 1, 0) : right);
    }
    Value scaled = emit.affine(product, alpha, 0);
    return call.has(2) ? emit.add(scaled, emit.affine(call.value(2), beta, 0)) : scaled;
  }

  /** The third input if it is one number for each column. */
  private static Constant bias(Call call, long units) {
    if (!call.has(2) || !call.isConstant(2)) {
      return null;
    }
    Constant bias = call.constant(2);
    boolean vector =
        bias.shape().elementCount() == units
            && (bias.shape().rank() == 1 || bias.shape().rank() == 2 && bias.shape().dim(0) == 1);
    return vector && units > 0 ? bias.reshape(Shape.of(units)) : null;
  }
}
