package org.conv4j.model;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.model.LargerInput.Axis;
import org.conv4j.shape.Shape;

/**
 * Inputs of the right kind that a model cannot take all the same. A layer far from the input says
 * what it cannot do; this adds which input would do.
 */
final class Misfit {
  private final Model model;
  private final List<Shape> given;

  Misfit(Model model, List<Shape> given) {
    this.model = model;
    this.given = given;
  }

  /** What a layer threw, with the layer's place and the inputs that the model takes. */
  Conv4jException explain(Node node, Conv4jException misfit) {
    String place = node.scope().isEmpty() ? "" : "In '" + node.scope() + "': ";
    String message = place + misfit.getMessage() + advice();
    return misfit instanceof InvalidLayerException
        ? new InvalidLayerException(message, misfit)
        : new ShapeMismatchException(message, misfit);
  }

  private String advice() {
    for (Shape shape : given) {
      if (!shape.isKnown()) {
        return "";
      }
    }
    String madeWith = madeWith();
    return madeWith.isEmpty() ? needed() : madeWith;
  }

  private String madeWith() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < given.size(); i++) {
      InputSpec spec = model.inputs().get(i);
      boolean differs = false;
      boolean known = spec.dims() != null && !spec.strict();
      for (int axis = 1; known && axis < given.get(i).rank(); axis++) {
        long dim = spec.dims().get(axis);
        differs |= dim != InputSpec.ANY && dim != given.get(i).dim(axis);
      }
      if (differs) {
        text.append(
            " The model was made with input '%s' of shape %s; given %s."
                .formatted(spec.name(), spec.format(), given.get(i)));
      }
    }
    return text.toString();
  }

  private String needed() {
    List<Axis> axes = freeAxes();
    LargerInput search = new LargerInput(model);
    for (Axis axis : axes) {
      List<Shape> found = search.find(given, List.of(axis));
      if (found != null) {
        return needed(axis, axis.of(found), search.takesMore(found, axis));
      }
    }
    if (axes.size() > 1) {
      List<Shape> found = search.find(given, axes);
      if (found != null) {
        return needed(found);
      }
    }
    return "";
  }

  private List<Axis> freeAxes() {
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      InputSpec spec = model.inputs().get(i);
      for (int axis = 1; axis < given.get(i).rank(); axis++) {
        if (spec.dims() == null || !spec.strict() || spec.dims().get(axis) == InputSpec.ANY) {
          axes.add(new Axis(i, axis));
        }
      }
    }
    return axes;
  }

  private String needed(Axis axis, long extent, boolean more) {
    return (more
            ? " The model needs at least %d along axis %d of input '%s'; given %d."
            : " The next that the model takes is %d along axis %d of input '%s'; given %d.")
        .formatted(extent, axis.axis(), model.inputs().get(axis.input()).name(), axis.of(given));
  }

  private String needed(List<Shape> found) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).equals(given.get(i))) {
        text.append(
            " The model takes %s as input '%s'; given %s."
                .formatted(found.get(i), model.inputs().get(i).name(), given.get(i)));
      }
    }
    return text.toString();
  }
}
