package org.conv4j.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.BooleanSupplier;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Makes tensors of one library out of those of the other, of float32 and float64, over the same
 * memory. Safe for any thread.
 *
 * <p>What ONNX Runtime computes can be written straight into a tensor of conv4j: give {@code
 * OrtSession.run(inputs, pinnedOutputs)} what {@link #of} made of it. Results that a session
 * allocates itself lie where Java cannot view them; {@link #copyOf} copies them.
 */
public final class OnnxTensors {
  private OnnxTensors() {}

  /**
   * Views a tensor of conv4j as one of ONNX Runtime, for inputs and for pinned outputs. Its memory
   * lasts until the result is garbage, whichever of the two is closed first.
   *
   * @param environment ONNX Runtime's environment
   * @param tensor the tensor; not one that is itself a view of memory with an owner
   * @return a view, which the caller closes
   * @throws OrtException if ONNX Runtime refuses it
   * @throws InvalidBufferException if the memory has an owner who may free it
   * @throws IllegalStateException if the tensor is closed
   */
  public static OnnxTensor of(OrtEnvironment environment, Tensor tensor) throws OrtException {
    long[] shape = tensor.shape().extents();
    return tensor.dataType() == DataType.FLOAT32
        ? OnnxTensor.createTensor(environment, tensor.asFloatBuffer(), shape)
        : OnnxTensor.createTensor(environment, tensor.asDoubleBuffer(), shape);
  }

  /**
   * Views a tensor of ONNX Runtime that was made of a direct buffer. The view keeps it reachable;
   * once it is closed, every use of the view throws {@link IllegalStateException}.
   *
   * @param tensor the tensor
   * @return a view, which the caller closes; that leaves the other tensor open
   * @throws InvalidBufferException if the tensor is not of float32 or float64, or was not made of a
   *     direct buffer
   * @throws IllegalStateException if the tensor is closed
   */
  public static Tensor view(OnnxTensor tensor) {
    DataType type = type(tensor);
    BooleanSupplier isOpen = () -> !tensor.isClosed();
    if (!isOpen.getAsBoolean()) {
      throw new IllegalStateException("The tensor of ONNX Runtime is closed.");
    }
    Shape shape = Shape.of(tensor.getInfo().getShape());
    Buffer buffer = buffer(tensor);
    if (buffer instanceof FloatBuffer floats && type == DataType.FLOAT32) {
      return Tensor.wrap(shape, floats, tensor, isOpen);
    }
    if (buffer instanceof DoubleBuffer doubles && type == DataType.FLOAT64) {
      return Tensor.wrap(shape, doubles, tensor, isOpen);
    }
    return Tensor.wrap(type, shape, (ByteBuffer) buffer, tensor, isOpen);
  }

  /**
   * Copies a tensor of ONNX Runtime, a session's own result for instance.
   *
   * @param tensor the tensor
   * @return a tensor that owns its memory
   * @throws InvalidBufferException if the tensor is not of float32 or float64
   * @throws IllegalStateException if the tensor is closed
   */
  public static Tensor copyOf(OnnxTensor tensor) {
    Tensor copy = Tensor.allocate(type(tensor), Shape.of(tensor.getInfo().getShape()));
    try {
      return copy.dataType() == DataType.FLOAT32
          ? copy.copyFrom(tensor.getFloatBuffer())
          : copy.copyFrom(tensor.getDoubleBuffer());
    } catch (RuntimeException | Error failure) {
      copy.close();
      throw failure;
    }
  }

  private static DataType type(OnnxTensor tensor) {
    OnnxJavaType type = tensor.getInfo().type;
    return switch (type) {
      case FLOAT -> DataType.FLOAT32;
      case DOUBLE -> DataType.FLOAT64;
      default ->
          throw new InvalidBufferException(
              "conv4j has no tensors of %s, only of FLOAT and DOUBLE.".formatted(type));
    };
  }

  /** Where there is none, version 1.29 throws NullPointerException. */
  private static Buffer buffer(OnnxTensor tensor) {
    try {
      return tensor.getBufferRef().orElseThrow(OnnxTensors::withoutBuffer);
    } catch (NullPointerException none) {
      throw withoutBuffer();
    }
  }

  private static InvalidBufferException withoutBuffer() {
    return new InvalidBufferException(
        "The tensor of ONNX Runtime was not made of a buffer, so Java cannot view its memory; copy"
            + " it, or let the session write into a pinned output.");
  }
}
