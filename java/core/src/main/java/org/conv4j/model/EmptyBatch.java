package org.conv4j.model;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;

/** What a model returns for a batch of no examples: tensors without elements. */
final class EmptyBatch {
  private EmptyBatch() {}

  static boolean isOne(List<Shape> given) {
    for (Shape input : given) {
      if (input.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** An extent that is twice as large for two examples as for one is 0 for none. */
  static List<Shape> outputShapes(Model model, List<Shape> given) {
    List<Shape> one = model.outputShapes(batch(model, given, 1));
    List<Shape> two = model.outputShapes(batch(model, given, 2));
    List<Shape> none = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      none.add(none(model.outputNames().get(i), one.get(i), two.get(i)));
    }
    return none;
  }

  private static List<Shape> batch(Model model, List<Shape> given, int batch) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      long[] dims = given.get(i).toArray();
      boolean none = dims.length > 0 && dims[0] == 0;
      if (!none && !given.get(i).isEmpty()) {
        throw new ShapeMismatchException(
            "Input '%s' must have a batch of 0, as another input has; given %s."
                .formatted(model.inputs().get(i).name(), given.get(i)));
      }
      if (none) {
        dims[0] = batch;
      }
      Shape shape = Shape.ofElements(dims);
      if (shape.isEmpty()) {
        throw new ShapeMismatchException(
            "Input '%s' may have a batch of 0, but no other extent of 0; given %s."
                .formatted(model.inputs().get(i).name(), given.get(i)));
      }
      shapes.add(shape);
    }
    return shapes;
  }

  private static Shape none(String output, Shape one, Shape two) {
    long[] dims = one.toArray();
    boolean depends = false;
    for (int axis = 0; axis < dims.length; axis++) {
      boolean same = two.rank() == dims.length && two.dim(axis) == dims[axis];
      if (!same && (two.rank() != dims.length || two.dim(axis) != 2 * dims[axis])) {
        throw noneAtAll(output, one, two);
      }
      depends |= !same;
      dims[axis] = same ? dims[axis] : 0;
    }
    if (!depends) {
      throw noneAtAll(output, one, two);
    }
    return Shape.ofElements(dims);
  }

  private static ShapeMismatchException noneAtAll(String output, Shape one, Shape two) {
    return new ShapeMismatchException(
        "A batch of 0 has no output '%s', which is %s for one example and %s for two."
            .formatted(output, one, two));
  }
}
