package org.conv4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Concat;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * A layer that Keras may give several outputs. If it has one, that is its value. If it has several,
 * its value holds all of them one behind the other, as {@code (batch, elements)}, and an {@link
 * OutputOf} takes each out, which costs a copy in and a copy out.
 */
public interface MultiOutputLayer extends Layer {
  /**
   * Returns how many outputs it has.
   *
   * @return at least 1
   */
  int outputCount();

  /**
   * Returns the shapes of all outputs for some inputs.
   *
   * @param inputs the inputs' shapes, batch included
   * @return as many shapes as there are outputs, each with the batch first
   * @throws org.conv4j.error.Conv4jException if the layer cannot take those inputs
   */
  List<Shape> outputShapes(List<Shape> inputs);

  /**
   * Appends the ops that compute this layer to a program.
   *
   * @param lowering the program being written
   * @param inputs the layer's inputs
   * @param weights weights that {@link Weights#check} accepted for {@link #weights}
   * @return as many values as there are outputs
   * @throws org.conv4j.error.Conv4jException if the layer cannot take those inputs
   */
  List<Value> lowerAll(Lowering lowering, List<Value> inputs, Weights weights);

  @Override
  default Shape outputShape(List<Shape> inputs) {
    List<Shape> outputs = outputShapes(inputs);
    if (outputs.size() == 1) {
      return outputs.get(0);
    }
    long elements = 0;
    for (Shape output : outputs) {
      elements = Extents.sum(elements, Extents.product(output, 1, output.rank()));
    }
    return Shape.open(outputs.get(0).extent(0), elements);
  }

  @Override
  default Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    List<Value> outputs = lowerAll(lowering, inputs, weights);
    if (outputs.size() == 1) {
      return outputs.get(0);
    }
    List<Value> flat = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (Value output : outputs) {
      long batch = output.shape().dim(0);
      Shape shape = Shape.of(batch, output.shape().elementCount() / batch);
      flat.add(lowering.reshape(name(), output, shape));
      shapes.add(shape);
    }
    return lowering.append(
        name(), new Concat(shapes, 1), flat, List.of(), DataFormat.CHANNELS_LAST);
  }
}
