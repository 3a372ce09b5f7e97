package org.conv4j.layer;

import java.util.Arrays;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** Checks of layer arguments, with one wording. For those who write layers. */
public final class Arguments {
  private Arguments() {}

  /**
   * Requires a number of at least 1.
   *
   * @param layer the layer's name
   * @param argument the argument's name in Keras
   * @param value what was given
   * @return the value
   * @throws InvalidLayerException if it is below 1
   */
  public static int positive(String layer, String argument, int value) {
    if (value < 1) {
      throw invalid(layer, argument, "a whole number of at least 1", value);
    }
    return value;
  }

  /**
   * Requires a finite number.
   *
   * @param layer the layer's name
   * @param argument the argument's name in Keras
   * @param value what was given
   * @return the value
   * @throws InvalidLayerException if it is infinite or NaN
   */
  public static double finite(String layer, String argument, double value) {
    if (!Double.isFinite(value)) {
      throw invalid(layer, argument, "a finite number", value);
    }
    return value;
  }

  /**
   * Requires a finite number of at least 0.
   *
   * @param layer the layer's name
   * @param argument the argument's name in Keras
   * @param value what was given
   * @return the value
   * @throws InvalidLayerException if it is negative, infinite or NaN
   */
  public static double notNegative(String layer, String argument, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw invalid(layer, argument, "a finite number of at least 0", value);
    }
    return value;
  }

  /**
   * Resolves an axis, which may count from the end.
   *
   * @param layer the layer's name
   * @param argument the argument's name in Keras
   * @param axis what was given
   * @param input the shape that the axis is one of
   * @return the axis, counted from 0
   * @throws InvalidLayerException if the shape has no such axis
   */
  public static int axis(String layer, String argument, int axis, Shape input) {
    int rank = input.rank();
    if (axis < -rank || axis >= rank) {
      String expected = "from %d to %d for an input of shape %s".formatted(-rank, rank - 1, input);
      throw invalid(layer, argument, expected, axis);
    }
    return Math.floorMod(axis, rank);
  }

  /**
   * Resolves axes of which none may be the batch.
   *
   * @param layer the layer's name
   * @param argument the argument's name in Keras
   * @param axes what was given
   * @param input the shape that the axes are of
   * @return the axes, counted from 0 and ascending
   * @throws InvalidLayerException if there is none, the shape lacks one, one is given twice or is
   *     the batch's
   */
  public static IntTuple axes(String layer, String argument, IntTuple axes, Shape input) {
    int[] resolved = new int[axes.size()];
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = axis(layer, argument, axes.get(i), input);
    }
    Arrays.sort(resolved);
    boolean distinct = true;
    for (int i = 1; i < resolved.length; i++) {
      distinct &= resolved[i] != resolved[i - 1];
    }
    if (resolved.length == 0 || resolved[0] == 0 || !distinct) {
      String expected = "different axes other than the batch's, for an input of shape " + input;
      throw invalid(layer, argument, expected, axes);
    }
    return IntTuple.of(resolved);
  }

  /**
   * Requires an input of some rank or more.
   *
   * @param layer the layer's name
   * @param minimum the least number of dimensions, batch included
   * @param input the input's shape
   * @return the shape
   * @throws ShapeMismatchException if it has fewer dimensions
   */
  public static Shape rankAtLeast(String layer, int minimum, Shape input) {
    if (input.rank() < minimum) {
      throw new ShapeMismatchException(
          "Layer '%s' needs an input of at least %d dimensions; given %s."
              .formatted(layer, minimum, input));
    }
    return input;
  }

  /**
   * Requires an input of one rank.
   *
   * @param layer the layer's name
   * @param rank the number of dimensions, batch included
   * @param input the input's shape
   * @return the shape
   * @throws ShapeMismatchException if it has another number of dimensions
   */
  public static Shape rank(String layer, int rank, Shape input) {
    if (input.rank() != rank) {
      throw new ShapeMismatchException(
          "Layer '%s' needs an input of %d dimensions; given %s.".formatted(layer, rank, input));
    }
    return input;
  }

  /**
   * Requires an extent that the shapes of weights depend on.
   *
   * @param layer the layer's name
   * @param shape the shape that the axis is of
   * @param axis the axis; negative values count from the end
   * @param input the input's shape, for the message
   * @return the shape
   * @throws ShapeMismatchException if the extent is unknown
   */
  public static Shape known(String layer, Shape shape, int axis, Shape input) {
    if (!Extents.isKnown(shape.extent(axis))) {
      int place = axis < 0 ? axis : axis - shape.rank();
      throw new ShapeMismatchException(
          "Layer '%s' has weights whose shape depends on axis %d of its input, which is not known: %s."
              .formatted(layer, place, input));
    }
    return shape;
  }

  /**
   * Repeats a single number for every dimension, and checks the size of a tuple.
   *
   * @param layer the layer's name
   * @param argument the argument's name in Keras
   * @param rank the number of dimensions
   * @param minimum the least number allowed
   * @param value what was given
   * @return one number for each dimension
   * @throws InvalidLayerException if there is another number of numbers, or one is too small
   */
  public static IntTuple broadcast(
      String layer, String argument, int rank, int minimum, IntTuple value) {
    if (value.size() != 1 && value.size() != rank) {
      String expected = rank == 1 ? "a single number" : "a single number or " + rank + " of them";
      throw invalid(layer, argument, expected, value);
    }
    if (value.min() < minimum) {
      throw invalid(layer, argument, "numbers of at least " + minimum, value);
    }
    return value.size() == rank ? value : IntTuple.filled(rank, value.get(0));
  }

  /**
   * Makes the exception for an illegal argument.
   *
   * @param layer the layer's name
   * @param argument the argument's name in Keras
   * @param expected what it must be
   * @param given what it is
   * @return the exception, to be thrown
   */
  public static InvalidLayerException invalid(
      String layer, String argument, String expected, Object given) {
    return new InvalidLayerException(
        "Layer '%s': %s must be %s; given %s.".formatted(layer, argument, expected, given));
  }
}
