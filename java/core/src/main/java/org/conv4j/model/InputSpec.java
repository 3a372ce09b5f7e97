package org.conv4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;

/**
 * What a model says about one of its inputs.
 *
 * <p>The first extent is the batch. A number there is a habit of the model's author, and any other
 * will do, as in Keras.
 *
 * @param name its name
 * @param dims its extents, batch included, {@link #ANY} where any extent will do; null if even the
 *     number of dimensions is open
 * @param strict whether the input must have the extents that {@code dims} names, batch apart; if
 *     not, they are those of the inputs that the model was made with, and the layers decide about
 *     others
 */
public record InputSpec(String name, List<Long> dims, boolean strict) {
  /** Stands for any extent: Keras's {@code None}. */
  public static final long ANY = -1;

  /**
   * Checks the extents.
   *
   * @param name see {@link #name}
   * @param dims see {@link #dims}
   * @param strict see {@link #strict}
   */
  public InputSpec {
    if (dims != null) {
      dims = List.copyOf(dims);
      for (long dim : dims) {
        if (dim < 1 && dim != ANY) {
          throw new InvalidArgumentException(
              "Input '%s': an extent must be at least 1, or -1 for any; given %d."
                  .formatted(name, dim));
        }
      }
    }
  }

  /**
   * Describes an input whose extents are binding.
   *
   * @param name see {@link #name}
   * @param dims see {@link #dims}
   */
  public InputSpec(String name, List<Long> dims) {
    this(name, dims, true);
  }

  /**
   * Describes an input about whose shape nothing is known.
   *
   * @param name its name
   * @return the description
   */
  public static InputSpec any(String name) {
    return new InputSpec(name, null, false);
  }

  /**
   * Checks that a shape is one that the model was made for, whatever the batch.
   *
   * @param shape the shape
   * @throws ShapeMismatchException if it is not
   */
  public void check(Shape shape) {
    if (dims == null) {
      return;
    }
    boolean fits = shape.rank() == dims.size();
    for (int i = 1; strict && fits && i < dims.size(); i++) {
      fits = dims.get(i) == ANY || !Extents.differ(dims.get(i), shape.extent(i));
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "Input '%s' must have the shape %s; given %s.".formatted(name, format(), shape));
    }
  }

  /**
   * Returns the shape that it has with any batch.
   *
   * @return its extents, {@link Shape#UNKNOWN} for the batch and wherever any will do
   * @throws ShapeMismatchException if the number of dimensions is open
   */
  public Shape open() {
    requireDims();
    long[] extents = new long[dims.size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i == 0 || dims.get(i) == ANY ? Shape.UNKNOWN : dims.get(i);
    }
    return Shape.open(extents);
  }

  /**
   * Returns the shape that it has with a given extent wherever any will do.
   *
   * @param extent the extent
   * @return the shape
   * @throws ShapeMismatchException if the number of dimensions is open
   */
  public Shape withAny(long extent) {
    requireDims();
    return Shape.of(dims.stream().mapToLong(dim -> dim == ANY ? extent : dim).toArray());
  }

  /** The same input with any extent along an axis. */
  InputSpec withOpenExtent(int axis) {
    requireDims();
    if (axis < 1 || axis >= dims.size()) {
      throw new ShapeMismatchException(
          "Input '%s' of the shape %s has no axis %d behind the batch's."
              .formatted(name, format(), axis));
    }
    List<Long> opened = new ArrayList<>(dims);
    opened.set(axis, ANY);
    return new InputSpec(name, opened, strict);
  }

  private void requireDims() {
    if (dims == null) {
      throw new ShapeMismatchException("The shape of input '" + name + "' is not known.");
    }
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
