package org.conv4j.keras.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.layer.Layer;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.layer.OutputOf;
import org.conv4j.layer.core.Embedding;
import org.conv4j.layer.core.Masking;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.reshaping.MergeTime;
import org.conv4j.operation.reshaping.SplitTime;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * The calls of a model's layers in the order they run, with those of nested models in their place.
 * Values are numbered: the model's inputs first, then one for each node.
 */
public final class FlatGraph {
  /**
   * One call.
   *
   * @param scope the nested models around the layer, each followed by a slash
   * @param layer the layer
   * @param leaf what holds its weights, or null if it can have none
   * @param inputs the values that it takes
   */
  private record FlatNode(String scope, Layer layer, Leaf leaf, List<Integer> inputs) {}

  private final String source;
  private final Budget calls;
  private final Budget names;
  private final List<InputSpec> inputs;
  private final List<FlatNode> nodes = new ArrayList<>();
  private final List<Integer> outputs;

  /** By value, whether Keras holds it as whole numbers. */
  private final List<Boolean> whole = new ArrayList<>();

  /** Stands for a mask that only the calls of layers tell. */
  private static final int UNTOLD = -1;

  /** By value, the mask that Keras passes along with it: 0 for each step that is to be skipped. */
  private final Map<Integer, Integer> masks = new HashMap<>();

  /** The value that the first call of a part returns, if it returns only one. */
  private final Map<Part, Integer> firstOutputs = new IdentityHashMap<>();

  public FlatGraph(String source, ModelPart model, Limits limits) {
    this.source = source;
    this.calls = limits.budget(Limit.NODES, source);
    this.names = limits.budget(Limit.NAMES, source);
    this.inputs = new ArrayList<>();
    for (ModelConfig.Input input : model.config().inputs()) {
      inputs.add(input.spec());
      whole.add(WholeNumbers.isGiven(model.config(), input));
    }
    List<Integer> given = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      given.add(i);
    }
    this.outputs = expand(model, "", given);
  }

  /** Recursive; the reader of the configuration bounds how deep models are nested. */
  private List<Integer> expand(ModelPart model, String scope, List<Integer> given) {
    Map<TensorRef, Integer> values = new HashMap<>();
    for (int i = 0; i < given.size(); i++) {
      values.put(new TensorRef(model.config().inputs().get(i).layer(), 0, 0), given.get(i));
    }
    for (PartCall call : model.calls()) {
      // Models that call models that call models can stand for any number of calls.
      calls.spend(1 + call.inputs().size());
      List<Integer> taken = new ArrayList<>();
      for (TensorRef input : call.inputs()) {
        taken.add(value(model, values, input));
      }
      List<Integer> returned = call(model.config(), call, scope, taken, values);
      if (returned.size() == 1 && call.number() == 0) {
        firstOutputs.putIfAbsent(call.part(), returned.get(0));
      }
    }
    List<Integer> returned = new ArrayList<>();
    calls.spend(model.config().outputs().size());
    for (ModelConfig.Output output : model.config().outputs()) {
      returned.add(value(model, values, output.tensor()));
    }
    return returned;
  }

  /** How many outputs a custom layer has, only its reader has told. */
  private int value(ModelPart model, Map<TensorRef, Integer> values, TensorRef tensor) {
    Integer value = values.get(tensor);
    if (value == null) {
      throw new MalformedFileException(
          "%s, model '%s': output %d of layer '%s' is used, which its reader does not give."
              .formatted(source, model.config().name(), tensor.output(), tensor.layer()));
    }
    return value;
  }

  private List<Integer> call(
      ModelConfig model,
      PartCall call,
      String scope,
      List<Integer> taken,
      Map<TensorRef, Integer> values) {
    List<Integer> returned = new ArrayList<>();
    Part part = call.part();
    if (part instanceof Part.Nested nested) {
      returned.addAll(model(nested, scope, taken));
      for (int i = 0; i < returned.size(); i++) {
        values.put(call.output(i), returned.get(i));
      }
    } else if (part instanceof Part.Single single) {
      int own = taken.size() - (call.masked() ? 1 : 0);
      Integer mask = call.masked() ? taken.get(own) : null;
      returned.addAll(layer(single.leaf(), mask, model, scope, taken.subList(0, own)));
      for (int i = 0; i < returned.size(); i++) {
        values.put(call.output(i), returned.get(i));
      }
    } else {
      call.outputs()
          .forEach(
              (index, layer) -> {
                returned.add(add(scope, layer, null, taken));
                values.put(call.output(index), returned.get(returned.size() - 1));
              });
    }
    return returned;
  }

  /**
   * Appends a layer.
   *
   * @param given a mask that the call names, or null
   */
  private List<Integer> layer(
      Leaf leaf, Integer given, ModelConfig model, String scope, List<Integer> taken) {
    if (leaf.layer() instanceof Masking masking) {
      int value = add(scope, masking, leaf, taken);
      masks.put(value, add(scope, masking.mask(), null, taken));
      return List.of(value);
    }
    Integer mask = given == null ? mask(leaf.layer(), model, scope, taken) : given;
    Masks.Effect effect = Masks.of(leaf.layer(), model.recordsMasks());
    if (given != null && effect != Masks.Effect.USED) {
      throw masked(leaf.layer(), scope, "its call");
    }
    if (effect == Masks.Effect.USED && mask != null && mask != UNTOLD) {
      return masked(leaf, mask, scope, taken);
    }
    List<Integer> outputs = outputs(leaf, leaf.layer(), scope, taken);
    if (leaf.layer() instanceof Embedding embedding && embedding.maskZero()) {
      masks.put(outputs.get(0), taken.get(0));
    } else if (mask != null && effect == Masks.Effect.PASSED) {
      masks.put(outputs.get(0), mask);
    } else if (mask != null && effect == Masks.Effect.UNTOLD) {
      outputs.forEach(output -> masks.put(output, UNTOLD));
    }
    return outputs;
  }

  /** A layer that takes a mask behind its other inputs. */
  private List<Integer> masked(Leaf leaf, int mask, String scope, List<Integer> taken) {
    List<Integer> all = new ArrayList<>(taken);
    all.add(mask);
    List<Integer> outputs = outputs(leaf, Masks.masked(leaf.layer()), scope, all);
    for (int output : outputs.subList(0, Masks.sequences(leaf.layer()))) {
      masks.put(output, mask);
    }
    return outputs;
  }

  /** The mask of what a layer takes, if there is one. */
  private Integer mask(Layer layer, ModelConfig model, String scope, List<Integer> taken) {
    Masks.Effect effect = Masks.of(layer, model.recordsMasks());
    for (int i = 0; i < taken.size(); i++) {
      Integer mask = masks.get(taken.get(i));
      if (mask != null) {
        if (i > 0 && effect != Masks.Effect.UNTOLD || effect == Masks.Effect.REFUSED) {
          throw masked(layer, scope, "a Masking or Embedding layer before it");
        }
        return mask;
      }
    }
    return null;
  }

  private InvalidLayerException masked(Layer layer, String scope, String giver) {
    return new InvalidLayerException(
        "%s: layer '%s' of class %s is given a mask, by %s; what that would change is not supported."
            .formatted(source, scope + layer.name(), layer.className(), giver));
  }

  private List<Integer> outputs(Leaf leaf, Layer layer, String scope, List<Integer> taken) {
    int value = add(scope, layer, leaf, taken);
    if (!(layer instanceof MultiOutputLayer several) || several.outputCount() == 1) {
      return List.of(value);
    }
    List<Integer> all = new ArrayList<>(List.of(value));
    all.addAll(taken);
    List<Integer> outputs = new ArrayList<>();
    for (int i = 0; i < several.outputCount(); i++) {
      Layer output = new OutputOf(several.name() + ":" + i, several, i);
      outputs.add(add(scope, output, null, all));
    }
    return outputs;
  }

  private List<Integer> model(Part.Nested part, String scope, List<Integer> taken) {
    int expected = part.model().config().inputs().size();
    if (taken.size() != expected) {
      throw new MalformedFileException(
          "%s: model '%s' takes %d inputs; given %d."
              .formatted(source, part.path(), expected, taken.size()));
    }
    String inner = scope + part.name() + "/";
    if (part.config().isModel()) {
      return expand(part.model(), inner, taken);
    }
    if (taken.size() != 1) {
      throw new MalformedFileException(
          "%s: layer '%s' of class TimeDistributed takes one input; given %d."
              .formatted(source, part.path(), taken.size()));
    }
    Layer merge = new MergeTime(part.name() + ".merge");
    Layer split = new SplitTime(part.name() + ".split");
    List<Integer> steps = expand(part.model(), inner, List.of(add(scope, merge, null, taken)));
    return steps.stream()
        .map(step -> add(scope, split, null, List.of(step, taken.get(0))))
        .toList();
  }

  private int add(String scope, Layer layer, Leaf leaf, List<Integer> taken) {
    names.spend(scope.length() + layer.name().length());
    boolean allWhole = !taken.isEmpty();
    for (int value : taken) {
      allWhole &= whole.get(value);
    }
    whole.add(
        WholeNumbers.areAlways(layer)
            || allWhole && WholeNumbers.areReturned(source, scope + layer.name(), layer));
    nodes.add(new FlatNode(scope, layer, leaf, taken));
    return inputs.size() + nodes.size() - 1;
  }

  List<InputSpec> inputs() {
    return inputs;
  }

  /**
   * Finds the shape of every value, and tells each layer what it is given. Extents may be unknown.
   *
   * @throws org.conv4j.error.Conv4jException if a layer cannot take its inputs
   */
  List<Shape> shapes(List<Shape> given) {
    List<Shape> shapes = new ArrayList<>(given);
    for (FlatNode node : nodes) {
      List<Shape> taken = new ArrayList<>();
      for (int input : node.inputs()) {
        taken.add(shapes.get(input));
      }
      try {
        shapes.add(node.layer().outputShape(taken));
        if (node.leaf() != null) {
          node.leaf().called(node.layer(), taken);
        }
      } catch (ShapeMismatchException misfit) {
        throw new ShapeMismatchException(
            source + inside(node.scope()) + ": " + misfit.getMessage(), misfit);
      } catch (InvalidLayerException misfit) {
        throw new InvalidLayerException(
            source + inside(node.scope()) + ": " + misfit.getMessage(), misfit);
      }
    }
    return shapes;
  }

  private static String inside(String scope) {
    return scope.isEmpty() ? "" : ", inside '" + scope.substring(0, scope.length() - 1) + "'";
  }

  /** The value that the first call of a part returns; null if there is none or several. */
  Integer firstOutput(Part part) {
    return firstOutputs.get(part);
  }

  public Model build(List<String> outputNames) {
    FunctionalBuilder builder = Model.functional();
    List<SymbolicTensor> values = new ArrayList<>();
    for (InputSpec input : inputs) {
      values.add(builder.input(input));
    }
    for (FlatNode node : nodes) {
      Weights weights = node.leaf() == null ? Weights.none() : node.leaf().weights();
      List<SymbolicTensor> taken = new ArrayList<>();
      for (int input : node.inputs()) {
        taken.add(values.get(input));
      }
      values.add(builder.apply(node.scope(), node.layer(), weights, taken));
    }
    List<SymbolicTensor> returned = new ArrayList<>();
    for (int output : outputs) {
      returned.add(values.get(output));
    }
    return builder.build(outputNames, returned);
  }
}
