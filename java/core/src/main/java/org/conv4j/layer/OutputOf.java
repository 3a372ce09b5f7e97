package org.conv4j.layer;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Slice;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * One of several outputs of another layer. Its inputs are that layer's value, and all inputs of
 * that layer, of which it reads the shapes only.
 *
 * @param name the layer's name
 * @param layer the other layer, which has several outputs
 * @param index which of them, counted from 0
 */
public record OutputOf(String name, MultiOutputLayer layer, int index) implements MultiInputLayer {
  /**
   * Checks that there is such an output.
   *
   * @param name see {@link #name}
   * @param layer see {@link #layer}
   * @param index see {@link #index}
   */
  public OutputOf {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(layer, "layer");
    if (layer.outputCount() < 2 || index < 0 || index >= layer.outputCount()) {
      throw new InvalidLayerException(
          "Layer '%s' has %d outputs; there is no output %d to take out of several."
              .formatted(layer.name(), layer.outputCount(), index));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return layer.outputShapes(inputs.subList(1, inputs.size())).get(index);
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    List<Shape> taken = inputs.subList(1, inputs.size()).stream().map(Value::shape).toList();
    List<Shape> outputs = layer.outputShapes(taken);
    Shape all = inputs.get(0).shape();
    long begin = 0;
    for (Shape before : outputs.subList(0, index)) {
      begin += before.elementCount() / all.dim(0);
    }
    Shape output = outputs.get(index);
    Slice slice =
        new Slice(
            all,
            IntTuple.of(0, Math.toIntExact(begin)),
            IntTuple.of(1, 1),
            all.withDim(1, output.elementCount() / all.dim(0)));
    Value part = lowering.append(name, slice, inputs.get(0), List.of(), DataFormat.CHANNELS_LAST);
    return lowering.reshape(name, part, output);
  }
}
