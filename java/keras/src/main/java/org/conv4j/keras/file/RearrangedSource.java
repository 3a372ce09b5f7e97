package org.conv4j.keras.file;

import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/**
 * Another source with its elements in another order or shape.
 *
 * @param source the other source
 * @param shape the shape of the result
 * @param axes for each dimension of the result, which of the other source's it is; null where only
 *     the shape differs
 */
record RearrangedSource(WeightSource source, Shape shape, IntTuple axes) implements WeightSource {
  @Override
  public ElementType elementType() {
    return source.elementType();
  }

  @Override
  public Constant open(OpenFile owner) {
    Constant given = source.open(owner);
    if (axes == null) {
      return given.reshape(shape);
    }
    return owner.stored(
        shape,
        () ->
            Tensor.allocate(elementType().dataType(), shape).copyFrom(permuted(given.elements())));
  }

  private double[] permuted(double[] elements) {
    Shape from = source.shape();
    int rank = from.rank();
    long[] steps = new long[rank];
    for (int axis = rank - 1, step = 1; axis >= 0; step *= from.intDim(axis), axis--) {
      steps[axis] = step;
    }
    double[] permuted = new double[elements.length];
    for (int i = 0; i < permuted.length; i++) {
      long at = 0;
      int rest = i;
      for (int axis = rank - 1; axis >= 0; axis--) {
        at += rest % shape.intDim(axis) * steps[axes.get(axis)];
        rest /= shape.intDim(axis);
      }
      permuted[i] = elements[(int) at];
    }
    return permuted;
  }
}
