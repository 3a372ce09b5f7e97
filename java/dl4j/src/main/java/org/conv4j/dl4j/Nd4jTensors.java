package org.conv4j.dl4j;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes tensors of conv4j out of ND4J's arrays, of FLOAT and DOUBLE, and the other way round: over
 * the same memory where its elements lie one behind the other in row-major order, which is how both
 * make new ones, and how slices along the first axis lie.
 *
 * <p>Arrays in f order, permuted ones, and intervals of inner axes lie otherwise; those of a
 * workspace lie in memory that ND4J uses again without telling. {@link #view} refuses them, {@link
 * #copy} takes them, {@link #viewOrCopy} does what can be done. Safe for any thread.
 */
public final class Nd4jTensors {
  private Nd4jTensors() {}

  /**
   * Tells whether {@link #view} can view an array.
   *
   * @param array an array
   * @return whether its elements are dense in row-major order, and it is open and of no workspace
   */
  public static boolean isViewable(INDArray array) {
    return hasTensorType(array)
        && !array.isEmpty()
        && !array.wasClosed()
        && !array.isAttached()
        && isDense(array);
  }

  /**
   * Views an array: both have the same memory. The view keeps the array reachable; once that, or
   * the one that it is a slice of, is closed, every use of the view throws {@link
   * IllegalStateException}. Do not close it while a session of conv4j runs.
   *
   * @param array a FLOAT or DOUBLE array
   * @return a view, which the caller closes; that leaves the array open
   * @throws InvalidBufferException if the array is of another type, empty, or not {@linkplain
   *     #isViewable viewable}
   * @throws IllegalStateException if it is closed
   */
  public static Tensor view(INDArray array) {
    requireElements(array);
    if (array.isAttached()) {
      throw new InvalidBufferException(
          "The array belongs to a workspace, which uses the memory again; detach or copy it.");
    }
    return viewNow(array);
  }

  /**
   * Copies an array, whatever its order and strides.
   *
   * @param array a FLOAT or DOUBLE array
   * @return a tensor with its own memory, which the caller closes
   * @throws InvalidBufferException if the array is of another type or empty
   * @throws IllegalStateException if it is closed
   */
  @SuppressWarnings("try") // It is there to be closed.
  public static Tensor copy(INDArray array) {
    requireElements(array);
    if (isDense(array)) {
      try (Tensor view = viewNow(array)) {
        return view.copyAs(view.dataType());
      }
    }
    type(array);
    shape(array);
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray ordered = array.dup('c');
        Tensor view = viewNow(ordered)) {
      return view.copyAs(view.dataType());
    }
  }

  /**
   * Views an array if it is {@linkplain #isViewable viewable}, and copies it if not.
   *
   * @param array a FLOAT or DOUBLE array
   * @return a tensor, which the caller closes
   * @throws InvalidBufferException if the array is of another type or empty
   * @throws IllegalStateException if it is closed
   */
  public static Tensor viewOrCopy(INDArray array) {
    return isViewable(array) ? view(array) : copy(array);
  }

  /**
   * Views a tensor as an array, in c order and of no workspace: both have the same memory. It lasts
   * for as long as the array can be reached, even if the tensor is closed before; then it is the
   * garbage collector that frees it. Closing the array leaves the tensor open.
   *
   * @param tensor a tensor that can be written and whose memory is its own
   * @return the array
   * @throws InvalidBufferException if the tensor is read-only, or its memory has an owner who may
   *     free it, as that of another array's view
   * @throws IllegalStateException if the tensor is closed
   */
  public static INDArray array(Tensor tensor) {
    InvalidArgumentException.requirePresent(tensor, "The tensor");
    if (tensor.isReadOnly()) {
      throw new InvalidBufferException(
          "ND4J writes into its arrays; the tensor %s can only be read.".formatted(tensor));
    }
    long count = tensor.shape().elementCount();
    org.nd4j.linalg.api.buffer.DataType type = theirs(tensor.dataType());
    // The pointer keeps the buffer reachable, and that the memory.
    DataBuffer data =
        tensor.dataType() == DataType.FLOAT32
            ? Nd4j.createBuffer(new FloatPointer(tensor.asFloatBuffer()), count, type)
            : Nd4j.createBuffer(new DoublePointer(tensor.asDoubleBuffer()), count, type);
    long[] shape = tensor.shape().toArray();
    return Nd4j.create(data, shape, Nd4j.getStrides(shape, 'c'), 0, 'c', type);
  }

  /**
   * Makes an array for what conv4j computes, for example of a plan's output shape.
   *
   * @param type the type of its elements
   * @param shape its shape
   * @return an array in c order and of no workspace; its elements are undefined
   */
  public static INDArray allocate(DataType type, Shape shape) {
    return Nd4j.createUninitializedDetached(theirs(type), shape.toArray());
  }

  /** Views an array that may be of a workspace, for as long as its caller sees to its memory. */
  static Tensor viewNow(INDArray array) {
    DataType type = type(array);
    Shape shape = shape(array);
    if (!isDense(array)) {
      throw new InvalidBufferException(
          "The elements of the array are not one behind the other in row-major order, for it is"
              + " permuted, in f order or an interval; copy it.");
    }
    long address = array.data().addressPointer().address();
    return Tensor.wrap(type, shape, address, array, () -> !array.wasClosed());
  }

  /** Strides along axes of extent 1 tell nothing. */
  static boolean isDense(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }

  static org.nd4j.linalg.api.buffer.DataType theirs(DataType type) {
    return type == DataType.FLOAT32
        ? org.nd4j.linalg.api.buffer.DataType.FLOAT
        : org.nd4j.linalg.api.buffer.DataType.DOUBLE;
  }

  private static void requireElements(INDArray array) {
    InvalidArgumentException.requirePresent(array, "The array");
    if (array.wasClosed()) {
      throw new IllegalStateException("The array of ND4J is closed.");
    }
    if (array.isEmpty()) {
      throw new InvalidBufferException("The array is empty; a tensor has at least one element.");
    }
  }

  private static boolean hasTensorType(INDArray array) {
    return array.dataType() == org.nd4j.linalg.api.buffer.DataType.FLOAT
        || array.dataType() == org.nd4j.linalg.api.buffer.DataType.DOUBLE;
  }

  private static DataType type(INDArray array) {
    if (!hasTensorType(array)) {
      throw new InvalidBufferException(
          "conv4j has no tensors of %s, only of FLOAT and DOUBLE.".formatted(array.dataType()));
    }
    return array.dataType() == org.nd4j.linalg.api.buffer.DataType.FLOAT
        ? DataType.FLOAT32
        : DataType.FLOAT64;
  }

  private static Shape shape(INDArray array) {
    return Shape.of(array.shape());
  }
}
