package org.conv4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * A layer that a model computes, for example one of a class that only its author knows. The model
 * has its weights already; those that the layer is given are what they were made of, and are not
 * read again.
 *
 * @param name the layer's name
 * @param className the name of the layer's class
 * @param model what computes it; it belongs to this layer alone
 * @param variables the weights that the layer is to be given
 */
public record ModelLayer(String name, String className, Model model, List<WeightSpec> variables)
    implements MultiOutputLayer {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param className see {@link #className}
   * @param model see {@link #model}
   * @param variables see {@link #variables}
   */
  public ModelLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(model, "model");
    variables = List.copyOf(variables);
  }

  @Override
  public int outputCount() {
    return model.outputValues().size();
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    return variables;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    requireInputs(inputs.size());
    List<Shape> shapes = new ArrayList<>(inputs);
    for (Node node : model.nodes()) {
      List<Shape> taken = pick(shapes, node.inputs());
      try {
        node.weights().check(node.path(), node.layer().weights(taken));
        shapes.add(node.layer().outputShape(taken));
      } catch (ShapeMismatchException misfit) {
        throw new ShapeMismatchException(inside(misfit), misfit);
      } catch (InvalidLayerException misfit) {
        throw new InvalidLayerException(inside(misfit), misfit);
      }
    }
    return pick(shapes, model.outputValues());
  }

  @Override
  public List<Value> lowerAll(Lowering lowering, List<Value> inputs, Weights weights) {
    requireInputs(inputs.size());
    String outer = lowering.scope();
    List<Value> values = new ArrayList<>(inputs);
    for (Node node : model.nodes()) {
      lowering.scope(outer + name + "/" + node.scope());
      values.add(node.layer().lower(lowering, pick(values, node.inputs()), node.weights()));
    }
    lowering.scope(outer);
    return pick(values, model.outputValues());
  }

  private void requireInputs(int given) {
    if (given != model.inputs().size()) {
      throw new ShapeMismatchException(
          "Layer '%s' of class %s takes %d inputs; given %d."
              .formatted(name, className, model.inputs().size(), given));
    }
  }

  private String inside(RuntimeException misfit) {
    return "Layer '%s' of class %s: %s".formatted(name, className, misfit.getMessage());
  }

  private static <T> List<T> pick(List<T> all, List<Integer> positions) {
    List<T> picked = new ArrayList<>();
    for (int position : positions) {
      picked.add(all.get(position));
    }
    return picked;
  }
}
