package org.conv4j.spark;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A session of a task, with room for a batch of inputs and outputs. Not thread-safe. */
final class BatchRun implements AutoCloseable {
  private final SharedPlan shared;
  private final Columns columns;
  private final Tensor input;
  private final Tensor output;
  private final Session session;
  private final int inputSize;
  private final int outputSize;
  private boolean closed;

  /** Takes over one use of the plan, and gives it back if there is no memory for a run. */
  BatchRun(SharedPlan shared, NetworkSettings settings, Columns columns) {
    this.shared = shared;
    this.columns = columns;
    Plan plan = shared.plan();
    Tensor madeInput = null;
    Tensor madeOutput = null;
    try {
      madeInput = Tensor.allocate(DataType.FLOAT32, plan.inputShape());
      madeOutput = Tensor.allocate(DataType.FLOAT32, plan.outputShape());
      session = plan.newSession();
    } catch (RuntimeException | Error failure) {
      close(madeInput);
      close(madeOutput);
      shared.release();
      throw failure;
    }
    input = madeInput;
    output = madeOutput;
    inputSize = (int) (input.shape().elementCount() / settings.batchSize());
    outputSize = (int) (output.shape().elementCount() / settings.batchSize());
  }

  private static void close(Tensor tensor) {
    if (tensor != null) {
      tensor.close();
    }
  }

  /**
   * Puts the input of a row to a place of the batch.
   *
   * @throws InvalidRowException if it is none
   */
  void put(Row row, int place) throws InvalidRowException {
    int column = columns.input();
    if (row.isNullAt(column)) {
      throw new InvalidRowException("the input is null");
    }
    switch (columns.kind()) {
      case FLOATS -> put(floats(row.getList(column)), place);
      case DOUBLES -> put(doubles(row.getList(column)), place);
      case VECTOR -> put(((Vector) row.get(column)).toArray(), place);
      case IMAGE -> putImage((byte[]) row.get(column), place);
    }
  }

  private void putImage(byte[] content, int place) throws InvalidRowException {
    Shape one = input.shape().withDim(0, 1);
    shared.images().copy(content, input.slice((long) place * inputSize, one));
  }

  private static float[] floats(List<Float> numbers) throws InvalidRowException {
    float[] values = new float[numbers.size()];
    int i = 0;
    for (Float number : numbers) {
      values[i++] = requireNumber(number);
    }
    return values;
  }

  private static double[] doubles(List<Double> numbers) throws InvalidRowException {
    double[] values = new double[numbers.size()];
    int i = 0;
    for (Double number : numbers) {
      values[i++] = requireNumber(number);
    }
    return values;
  }

  private static <N extends Number> N requireNumber(N number) throws InvalidRowException {
    if (number == null || Double.isNaN(number.doubleValue())) {
      throw new InvalidRowException(
          "a number of the input is " + (number == null ? "null" : "NaN"));
    }
    return number;
  }

  private void put(float[] values, int place) throws InvalidRowException {
    requireSize(values.length);
    input.write(place * inputSize, values, 0, inputSize);
  }

  private void put(double[] values, int place) throws InvalidRowException {
    requireSize(values.length);
    for (double value : values) {
      if (Double.isNaN(value)) {
        throw new InvalidRowException("a number of the input is NaN");
      }
    }
    input.write(place * inputSize, values, 0, inputSize);
  }

  private void requireSize(int given) throws InvalidRowException {
    if (given != inputSize) {
      throw new InvalidRowException(
          "the input must have %d numbers, for the shape %s without the batch; given %d"
              .formatted(inputSize, input.shape(), given));
    }
  }

  void run(int examples) {
    session.run(input, output, examples);
  }

  /** What the column of outputs holds for a place of the batch. */
  Object output(int place) {
    if (columns.kind() == InputKind.VECTOR) {
      double[] values = new double[outputSize];
      output.read(place * outputSize, values, 0, outputSize);
      return Vectors.dense(values);
    }
    float[] values = new float[outputSize];
    output.read(place * outputSize, values, 0, outputSize);
    return values;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
      input.close();
      output.close();
      shared.release();
    }
  }
}
