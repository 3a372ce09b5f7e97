package org.conv4j.model;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;

/**
 * Looks for the least input that a model takes where one is too small for it. Most models take
 * whatever is large enough; some take only every so many extents, for example those that halve an
 * image several times and put the halves together again.
 */
final class LargerInput {
  /** One axis of one input. */
  record Axis(int input, int axis) {
    long of(List<Shape> shapes) {
      return shapes.get(input).dim(axis);
    }
  }

  /** No extent beyond it is tried. */
  private static final long LARGEST = 1 << 20;

  /** More than the distance of the extents that a model takes. */
  private static final int WINDOW = 64;

  /** How many layers are asked for their shapes until the search is given up: some 0.3 seconds. */
  private static final long BUDGET = 1_000_000;

  private final Model model;
  private long asked;

  LargerInput(Model model) {
    this.model = model;
  }

  /**
   * Returns the least shapes that the model takes.
   *
   * @param given shapes that it does not take
   * @param axes along which they may grow, to the same extent where there are several
   * @return the shapes, or null if none were found
   */
  List<Shape> find(List<Shape> given, List<Axis> axes) {
    long from = Long.MAX_VALUE;
    for (Axis axis : axes) {
      from = Math.min(from, axis.of(given));
    }
    long extent = least(given, axes, from, 1);
    if (extent < 0) {
      extent = least(given, axes, from, WINDOW);
    }
    if (extent < 0) {
      return null;
    }
    List<Shape> found = with(given, axes, extent);
    return axes.size() == 1 ? found : lessOfEach(given, axes, found);
  }

  /** Whether all larger extents will do as well, as far as can be seen. */
  boolean takesMore(List<Shape> found, Axis axis) {
    for (int i = 1; i < WINDOW; i++) {
      if (!takes(found, List.of(axis), axis.of(found) + i)) {
        return false;
      }
    }
    return true;
  }

  private List<Shape> lessOfEach(List<Shape> given, List<Axis> axes, List<Shape> found) {
    List<Shape> least = found;
    for (Axis axis : axes) {
      List<Axis> only = List.of(axis);
      List<Shape> less = with(least, only, axis.of(given), false);
      boolean enough = takes(less, only, axis.of(given));
      long extent = enough ? axis.of(given) : least(less, only, axis.of(given), 1);
      if (extent < 0) {
        extent = least(less, only, axis.of(given), WINDOW);
      }
      least = extent < 0 ? least : with(least, only, extent, false);
    }
    return least;
  }

  /**
   * The least extent above a given one, or -1. Whether one of some neighbouring extents will do is
   * tried at growing distances, and then by halves.
   */
  private long least(List<Shape> shapes, List<Axis> axes, long from, int window) {
    long bad = from;
    long good = -1;
    for (long step = 1; from + step <= LARGEST && good < 0; step *= 2) {
      if (first(shapes, axes, from + step, window) >= 0) {
        good = from + step;
      } else {
        bad = from + step;
      }
    }
    while (good - bad > 1) {
      long middle = (good + bad) / 2;
      if (first(shapes, axes, middle, window) >= 0) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good < 0 ? -1 : first(shapes, axes, good, window);
  }

  private long first(List<Shape> shapes, List<Axis> axes, long begin, int window) {
    for (long extent = begin; extent < begin + window; extent++) {
      if (takes(shapes, axes, extent)) {
        return extent;
      }
    }
    return -1;
  }

  private boolean takes(List<Shape> shapes, List<Axis> axes, long extent) {
    asked += model.nodes().size();
    try {
      return asked <= BUDGET && model.takes(with(shapes, axes, extent));
    } catch (ShapeMismatchException tooLarge) {
      return false;
    }
  }

  private static List<Shape> with(List<Shape> shapes, List<Axis> axes, long extent) {
    return with(shapes, axes, extent, true);
  }

  /** Changes an extent, or only enlarges it. */
  private static List<Shape> with(
      List<Shape> shapes, List<Axis> axes, long extent, boolean enlarge) {
    List<Shape> changed = new ArrayList<>(shapes);
    for (Axis axis : axes) {
      Shape shape = changed.get(axis.input());
      long dim = enlarge ? Math.max(extent, shape.dim(axis.axis())) : extent;
      changed.set(axis.input(), shape.withDim(axis.axis(), dim));
    }
    return changed;
  }
}
