package org.conv4j.onnx.recurrent;

import java.util.function.Supplier;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.onnx.call.Call;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/**
 * Where a recurrent layer's weights for one direction are, and in which order of the gates: ONNX
 * has them as rows in an order of its own, a recurrence as columns.
 *
 * @param call the layer
 * @param order for each gate of the cell, which of ONNX's it is
 * @param units the size of a state
 * @param direction which direction
 * @param directions how many there are
 */
record GateLayout(Call call, IntTuple order, int units, int direction, int directions) {
  private static final IntTuple LSTM = IntTuple.of(0, 2, 3, 1);
  private static final IntTuple PEEPHOLES = IntTuple.of(0, 2, 1);

  static GateLayout of(Call call, RecurrentCell cell, int direction, int directions) {
    boolean lstm = cell instanceof RecurrentCell.Lstm;
    IntTuple order = lstm ? LSTM : IntTuple.generate(cell.gates(), i -> i);
    Shape recurrent = call.shape(2);
    if (recurrent.rank() != 3
        || recurrent.dim(0) != directions
        || recurrent.dim(1) != cell.gates() * recurrent.dim(2)
        || call.rank(1) != 3
        || call.shape(1).dim(0) != directions
        || call.shape(1).dim(1) != recurrent.dim(1)) {
      throw call.node()
          .invalid("weights of %s and %s do not fit together".formatted(call.shape(1), recurrent));
    }
    return new GateLayout(call, order, recurrent.intDim(2), direction, directions);
  }

  /** (directions, gates * units, inputs) as (inputs, gates * units). */
  Constant kernel(Constant given) {
    int width = given.shape().intDim(2);
    Shape shape = Shape.of(width, (long) order.size() * units);
    return given instanceof Constant.Filled filled
        ? new Constant.Filled(shape, filled.number())
        : new Constant.Stored(shape, new Columns(given, shape, order, units, direction));
  }

  /** Of (directions, 2 * gates * units) the first half, with the second one added if wanted. */
  Constant bias(Constant given, boolean sum) {
    int count = order.size() * units;
    requireSize(given, 2 * count);
    int first = direction * 2 * count;
    return vector(given, Shape.of(count), first, sum ? first + count : -1);
  }

  /** The second half. */
  Constant recurrentBias(Constant given) {
    int count = order.size() * units;
    requireSize(given, 2 * count);
    return vector(given, Shape.of(count), (direction * 2 + 1) * count, -1);
  }

  /** (directions, 3 * units) as (3, units). */
  Constant peepholes(Constant given) {
    int count = PEEPHOLES.size() * units;
    requireSize(given, count);
    Shape shape = Shape.of(PEEPHOLES.size(), units);
    return new Constant.Stored(
        shape, new Vector(given, shape, PEEPHOLES, units, direction * count, -1));
  }

  private Constant vector(Constant given, Shape shape, int first, int second) {
    return new Constant.Stored(shape, new Vector(given, shape, order, units, first, second));
  }

  private void requireSize(Constant given, int each) {
    if (given.shape().elementCount() != (long) each * directions) {
      throw call.node()
          .invalid("%s is no shape of %d numbers".formatted(given.shape(), each * directions));
    }
  }

  /** Reads some numbers in the order of the gates, or the sums of two rows of them. */
  private record Vector(
      Constant given, Shape shape, IntTuple order, int units, int first, int second)
      implements Supplier<Tensor> {
    @Override
    public Tensor get() {
      double[] elements = given.elements();
      double[] vector = new double[order.size() * units];
      for (int i = 0; i < vector.length; i++) {
        int from = order.get(i / units) * units + i % units;
        vector[i] = elements[first + from] + (second < 0 ? 0 : elements[second + from]);
      }
      return Tensor.allocate(DataType.FLOAT64, shape).copyFrom(vector);
    }
  }

  /** Reads rows as columns. */
  private record Columns(Constant given, Shape shape, IntTuple order, int units, int direction)
      implements Supplier<Tensor> {
    @Override
    public Tensor get() {
      double[] elements = given.elements();
      int width = shape.intDim(0);
      int count = order.size() * units;
      double[] columns = new double[width * count];
      for (int gate = 0; gate < order.size(); gate++) {
        for (int unit = 0; unit < units; unit++) {
          int from = (direction * count + order.get(gate) * units + unit) * width;
          for (int i = 0; i < width; i++) {
            columns[i * count + gate * units + unit] = elements[from + i];
          }
        }
      }
      return Tensor.allocate(DataType.FLOAT64, shape).copyFrom(columns);
    }
  }
}
