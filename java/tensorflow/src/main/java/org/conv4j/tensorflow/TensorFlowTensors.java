package org.conv4j.tensorflow;

import java.nio.ByteBuffer;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.tensorflow.RawTensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TType;

/**
 * Makes tensors of conv4j out of TensorFlow's, of float32 and float64, over the same memory.
 * TensorFlow cannot view memory that is not its own; so that it gets what conv4j computes without a
 * copy, let conv4j write into a tensor of TensorFlow: {@link #allocate} and {@link #view}. Safe for
 * any thread.
 */
public final class TensorFlowTensors {
  private TensorFlowTensors() {}

  /**
   * Views a tensor of TensorFlow. The view keeps it reachable; once it is closed, every use of the
   * view throws {@link IllegalStateException}. Do not close it while a session of conv4j runs.
   *
   * @param tensor a TFloat32 or TFloat64
   * @return a view, which the caller closes; that leaves the other tensor open
   * @throws InvalidBufferException if the tensor is of another type
   * @throws org.conv4j.error.ShapeMismatchException if it is empty
   * @throws IllegalStateException if it is closed
   */
  public static Tensor view(TType tensor) {
    DataType type = type(tensor);
    Shape shape = Shape.of(tensor.shape().asArray());
    RawTensor raw = tensor.asRawTensor();
    if (!isOpen(raw)) {
      throw new IllegalStateException("The tensor of TensorFlow is closed.");
    }
    return raw.data()
        .accept(
            new DataStorageVisitor<>() {
              @Override
              public Tensor visit(long address, long length, long scale) {
                return Tensor.wrap(type, shape, address, raw, () -> isOpen(raw));
              }

              @Override
              public Tensor visit(ByteBuffer buffer) {
                return Tensor.wrap(type, shape, buffer, raw, () -> isOpen(raw));
              }

              @Override
              public Tensor fallback() {
                throw new InvalidBufferException(
                    "TensorFlow does not tell where the memory of " + raw + " is.");
              }
            });
  }

  /**
   * Makes a tensor of TensorFlow for what conv4j computes, for example of a plan's output shape.
   *
   * @param type the type of its elements
   * @param shape its shape
   * @return a TFloat32 or TFloat64, which the caller closes; its elements are undefined
   */
  public static TType allocate(DataType type, Shape shape) {
    org.tensorflow.ndarray.Shape theirs = org.tensorflow.ndarray.Shape.of(shape.extents());
    return type == DataType.FLOAT32 ? TFloat32.tensorOf(theirs) : TFloat64.tensorOf(theirs);
  }

  private static DataType type(TType tensor) {
    return switch (tensor.dataType()) {
      case DT_FLOAT -> DataType.FLOAT32;
      case DT_DOUBLE -> DataType.FLOAT64;
      default ->
          throw new InvalidBufferException(
              "conv4j has no tensors of %s, only of DT_FLOAT and DT_DOUBLE."
                  .formatted(tensor.dataType()));
    };
  }

  /** A closed tensor has no handle, which it tells by an exception only. */
  private static boolean isOpen(RawTensor tensor) {
    try {
      tensor.numBytes();
      return true;
    } catch (IllegalStateException closed) {
      return false;
    }
  }
}
