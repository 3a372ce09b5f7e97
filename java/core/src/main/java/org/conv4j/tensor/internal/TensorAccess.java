package org.conv4j.tensor.internal;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** What engines need of a tensor and applications must not have. Safe for any thread. */
public abstract class TensorAccess {
  /** An address that is not known yet. */
  public static final long UNRESOLVED = 0;

  private static volatile TensorAccess provided;

  /** Read once the class of tensors has provided it; a constant to the compiler. */
  private static final class Holder {
    static final TensorAccess ACCESS = initialized();

    private static TensorAccess initialized() {
      try {
        Class.forName(Tensor.class.getName(), true, Tensor.class.getClassLoader());
      } catch (ClassNotFoundException impossible) {
        throw new AssertionError(impossible);
      }
      return provided;
    }
  }

  /** Creates an access; tensors do so. */
  protected TensorAccess() {}

  /**
   * Provides the access; called once, by the class of tensors.
   *
   * @param access the access
   */
  public static void provide(TensorAccess access) {
    if (provided != null) {
      throw new IllegalStateException("Tensors have provided their access already.");
    }
    provided = access;
  }

  /**
   * Returns the access.
   *
   * @return the only one
   */
  public static TensorAccess get() {
    return Holder.ACCESS;
  }

  /**
   * Returns the memory that a tensor is a view of, for those who guard it around native calls.
   *
   * @param tensor the tensor
   * @return the block, shared with every view of it
   */
  public abstract Memory memory(Tensor tensor);

  /**
   * Views part of a block as a tensor. The result shares the block's lifetime: closing either
   * closes both.
   *
   * @param memory the block
   * @param byteOffset where the first element starts, a multiple of the element size
   * @param dataType the type of the elements
   * @param shape the shape
   * @return the view
   * @throws org.conv4j.error.ShapeMismatchException if the tensor does not lie inside the block
   * @throws org.conv4j.error.InvalidBufferException if the offset is misaligned, or the block wraps
   *     a buffer of floats or doubles
   */
  public abstract Tensor view(Memory memory, long byteOffset, DataType dataType, Shape shape);

  /**
   * Returns the elements of a tensor whose memory the caller holds.
   *
   * @param tensor the tensor
   * @return the tensor's own buffer, not to be kept; null if it is not of float32
   */
  public abstract FloatBuffer floats(Tensor tensor);

  /**
   * Returns the elements of a tensor whose memory the caller holds.
   *
   * @param tensor the tensor
   * @return the tensor's own buffer, not to be kept; null if it is not of float64
   */
  public abstract DoubleBuffer doubles(Tensor tensor);

  /**
   * Returns the elements of a tensor of any type whose memory the caller holds.
   *
   * @param tensor the tensor
   * @return the tensor's own buffer, not to be kept
   */
  public final Buffer elements(Tensor tensor) {
    FloatBuffer floats = floats(tensor);
    return floats != null ? floats : doubles(tensor);
  }

  /**
   * Copies all elements of a tensor whose memory the caller holds.
   *
   * @param tensor the tensor
   * @param target receives the elements, as many as the tensor has
   */
  public abstract void read(Tensor tensor, double[] target);

  /**
   * Overwrites all elements of a tensor whose memory the caller holds.
   *
   * @param tensor the tensor
   * @param values the new elements, as many as the tensor has
   */
  public abstract void write(Tensor tensor, double[] values);

  /**
   * Returns the address that {@link #keepAddress} kept.
   *
   * @param tensor the tensor
   * @return the address, or {@link #UNRESOLVED}
   */
  public abstract long address(Tensor tensor);

  /**
   * Keeps the address of a tensor's first element, which is valid while {@link #memory} is
   * acquired.
   *
   * @param tensor the tensor
   * @param address the address
   */
  public abstract void keepAddress(Tensor tensor, long address);
}
