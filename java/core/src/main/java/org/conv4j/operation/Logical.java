package org.conv4j.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;

/**
 * Whether one of two elements is not 0, or both are: 1 or 0, broadcast as NumPy does.
 *
 * @param name the layer's name
 * @param both whether both must be
 */
public record Logical(String name, boolean both) implements Operation {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param both see {@link #both}
   */
  public Logical {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return combination().resultShape(inputs);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    List<Value> truths = new ArrayList<>();
    for (Value input : inputs) {
      truths.add(NotEqual.truth(lowering, name, input));
    }
    return combination().append(lowering, truths);
  }

  private Arithmetic combination() {
    BinaryFunction function = both ? BinaryFunction.MINIMUM : BinaryFunction.MAXIMUM;
    return new Arithmetic(name, function, null, null);
  }
}
