package org.conv4j.engine;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Op;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * An op's constants while an engine compiles it: checked against the op, and kept from being freed
 * until this is closed. Every engine opens one first, because anybody may call it. Not thread-safe.
 */
public final class HeldConstants implements AutoCloseable {
  private final List<Tensor> tensors;
  private final List<Memory> held = new ArrayList<>();

  private HeldConstants(List<Tensor> tensors) {
    this.tensors = tensors;
  }

  /**
   * Checks constants and holds them.
   *
   * @param op the op
   * @param types the types of its values
   * @param constants what it is given
   * @return the constants, which the caller closes when the op is compiled
   * @throws InvalidLayerException if something is missing
   * @throws ShapeMismatchException if their number, a shape or a data type is not that of the
   *     types, or these are not the op's
   * @throws IllegalStateException if a tensor is closed
   */
  public static HeldConstants of(Op op, OpTypes types, List<Tensor> constants) {
    InvalidLayerException.requirePresent(op, "The op to compile");
    InvalidLayerException.requirePresent(types, "The types to compile for");
    types.requireFor(op);
    HeldConstants result =
        new HeldConstants(
            InvalidLayerException.requireCopy(
                constants, "The constants of a " + op.getClass().getSimpleName()));
    result.check(op, types.constants());
    try {
      for (Tensor tensor : result.tensors) {
        Memory memory = HeldElements.memory(tensor);
        memory.acquire();
        result.held.add(memory);
      }
      return result;
    } catch (RuntimeException failure) {
      result.close();
      throw failure;
    }
  }

  private void check(Op op, List<ValueType> types) {
    boolean fit = tensors.size() == types.size();
    for (int i = 0; fit && i < types.size(); i++) {
      Tensor tensor = tensors.get(i);
      ValueType type = types.get(i);
      fit = tensor.dataType() == type.dataType() && tensor.shape().equals(type.shape());
    }
    if (!fit) {
      throw new ShapeMismatchException(
          "A %s of %s needs the constants %s; given %s."
              .formatted(op.getClass().getSimpleName(), op.input(), types, tensors));
    }
  }

  /**
   * Returns the constants.
   *
   * @return an unchangeable list, in the order of {@link Op#constants}
   */
  public List<Tensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    held.forEach(Memory::release);
    held.clear();
  }
}
