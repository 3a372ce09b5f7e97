package org.conv4j.model;

import java.util.List;
import java.util.stream.Collectors;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;

/**
 * What a model says about one of its inputs.
 *
 * @param name its name
 * @param dims its extents, batch included, {@link #ANY} where any extent will do; null if even the
 *     number of dimensions is open
 */
public record InputSpec(String name, List<Long> dims) {
  /** Stands for any extent: Keras's {@code None}. */
  public static final long ANY = -1;

  /**
   * Checks the extents.
   *
   * @param name see {@link #name}
   * @param dims see {@link #dims}
   */
  public InputSpec {
    if (dims != null) {
      dims = List.copyOf(dims);
      for (long dim : dims) {
        if (dim < 1 && dim != ANY) {
          throw new InvalidLayerException(
              "Input '%s': an extent must be at least 1, or -1 for any; given %d."
                  .formatted(name, dim));
        }
      }
    }
  }

  /**
   * Describes an input about whose shape nothing is known.
   *
   * @param name its name
   * @return the description
   */
  public static InputSpec any(String name) {
    return new InputSpec(name, null);
  }

  /**
   * Checks that a shape is one that the model was made for.
   *
   * @param shape the shape
   * @throws ShapeMismatchException if it is not
   */
  public void check(Shape shape) {
    if (dims == null) {
      return;
    }
    boolean fits = shape.rank() == dims.size();
    for (int i = 0; fits && i < dims.size(); i++) {
      fits = dims.get(i) == ANY || dims.get(i) == shape.dim(i);
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "Input '%s' must have the shape %s; given %s.".formatted(name, format(), shape));
    }
  }

  /**
   * Returns the shape that it has with a given extent wherever any will do.
   *
   * @param extent the extent
   * @return the shape
   * @throws ShapeMismatchException if the number of dimensions is open
   */
  public Shape withAny(long extent) {
    if (dims == null) {
      throw new ShapeMismatchException("The shape of input '" + name + "' is not known.");
    }
    return Shape.of(dims.stream().mapToLong(dim -> dim == ANY ? extent : dim).toArray());
  }

  /**
   * Writes the extents as Keras does.
   *
   * @return for example {@code (None, 224, 224, 3)}
   */
  public String format() {
    if (dims == null) {
      return "(...)";
    }
    return dims.stream()
        .map(dim -> dim == ANY ? "None" : dim.toString())
        .collect(Collectors.joining(", ", "(", dims.size() == 1 ? ",)" : ")"));
  }
}
