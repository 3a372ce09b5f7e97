package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Operation;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;

/**
 * Takes back what {@link MergeTime} did. Its inputs are the result of the merged batch and the
 * sequences as they were, of which it reads the extents only.
 *
 * @param name the layer's name
 */
public record SplitTime(String name) implements Operation {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public SplitTime {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape merged = inputs.get(0);
    Shape sequences = inputs.get(1);
    if (merged.rank() < 1 || Extents.differ(merged.extent(0), Extents.product(sequences, 0, 2))) {
      throw new ShapeMismatchException(
          "Layer '%s' cannot split %s into the sequences of %s."
              .formatted(name, merged, sequences));
    }
    long[] dims = new long[merged.rank() + 1];
    System.arraycopy(merged.extents(), 0, dims, 1, merged.rank());
    dims[0] = sequences.extent(0);
    dims[1] = sequences.extent(1);
    return Shape.open(dims);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Shape shape = resultShape(inputs.stream().map(Value::shape).toList());
    return lowering.reshape(name, inputs.get(0), shape);
  }
}
