package org.conv4j.keras.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.layer.LayerMessages;
import org.conv4j.keras.layer.LayerReader;
import org.conv4j.keras.operation.OperationLayer;
import org.conv4j.keras.operation.Operations;
import org.conv4j.layer.Layer;
import org.conv4j.layer.MultiOutputLayer;

/** Brings the calls of a model's layers into an order in which they can run. */
final class CallOrder {
  /** Arguments of calls that change nothing where they are false. */
  private static final Set<String> FLAGS =
      Set.of("training", "return_attention_scores", "use_causal_mask");

  /** A call, whatever its outputs. */
  private record Key(String layer, int call) {
    static Key of(TensorRef tensor) {
      return new Key(tensor.layer(), tensor.call());
    }

    /** Written out: the first record whose methods Java generates delays the start. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.call == call && key.layer.equals(layer);
    }

    @Override
    public int hashCode() {
      return 31 * layer.hashCode() + call;
    }
  }

  private final String source;
  private final ModelConfig model;
  private final List<Part> parts;
  private final Map<String, Part> byName = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();

  /** The outputs of each call that something refers to. */
  private final Map<Key, Set<Integer>> used = new HashMap<>();

  CallOrder(String source, ModelConfig model, List<Part> parts) {
    this.source = source;
    this.model = model;
    this.parts = parts;
    for (Part part : parts) {
      byName.put(part.name(), part);
    }
    for (ModelConfig.Input input : model.inputs()) {
      inputs.add(input.layer());
    }
  }

  List<PartCall> calls() {
    for (Part part : parts) {
      for (LayerCall call : part.calls()) {
        for (TensorRef tensor : call.tensors()) {
          use(tensor);
        }
      }
    }
    for (ModelConfig.Output output : model.outputs()) {
      use(output.tensor());
    }
    for (Map.Entry<Key, Set<Integer>> outputs : used.entrySet()) {
      requireInput(outputs.getKey(), outputs.getValue());
    }
    Map<Key, PartCall> calls = new LinkedHashMap<>();
    for (Part part : parts) {
      for (int i = 0; i < part.calls().size(); i++) {
        calls.put(new Key(part.name(), i), call(part, i));
      }
    }
    return sorted(calls);
  }

  private void use(TensorRef tensor) {
    used.computeIfAbsent(Key.of(tensor), key -> new TreeSet<>()).add(tensor.output());
  }

  /** What comes from an input layer must be what the model is given. */
  private void requireInput(Key key, Set<Integer> outputs) {
    Part part = byName.get(key.layer());
    if (part.config().isInput()) {
      requireOutputs(part, outputs, 1);
      if (!inputs.contains(part.name())) {
        throw malformed("'%s' is used, but not among the model's inputs".formatted(part.path()));
      }
    }
  }

  /** Takes each call as soon as all that it depends on has been taken. */
  private List<PartCall> sorted(Map<Key, PartCall> calls) {
    Map<Key, List<Key>> dependents = new HashMap<>();
    Map<Key, Integer> missing = new HashMap<>();
    Deque<Key> ready = new ArrayDeque<>();
    for (Map.Entry<Key, PartCall> call : calls.entrySet()) {
      Key key = call.getKey();
      Set<Key> needed = needed(call.getValue());
      for (Key other : needed) {
        dependents.computeIfAbsent(other, k -> new ArrayList<>()).add(key);
      }
      missing.put(key, needed.size());
      if (needed.isEmpty()) {
        ready.add(key);
      }
    }
    List<PartCall> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      Key key = ready.remove();
      sorted.add(calls.get(key));
      for (Key dependent : dependents.getOrDefault(key, List.of())) {
        int left = missing.get(dependent) - 1;
        missing.put(dependent, left);
        if (left == 0) {
          ready.add(dependent);
        }
      }
    }
    if (sorted.size() < calls.size()) {
      sorted.forEach(call -> missing.remove(new Key(call.part().name(), call.number())));
      throw malformed(
          "layers depend on themselves, among them '%s'"
              .formatted(missing.keySet().stream().map(Key::layer).sorted().findFirst().get()));
    }
    return sorted;
  }

  /** The calls that must run before. */
  private Set<Key> needed(PartCall call) {
    Set<Key> needed = new HashSet<>();
    for (TensorRef tensor : call.inputs()) {
      if (!byName.get(tensor.layer()).config().isInput()) {
        needed.add(Key.of(tensor));
      }
    }
    return needed;
  }

  private PartCall call(Part part, int number) {
    LayerCall call = part.calls().get(number);
    Set<Integer> outputs = used.getOrDefault(new Key(part.name(), number), Set.of());
    if (!Operations.isOperation(part.config())) {
      if (!isCustom(part)) {
        requireOutputs(part, outputs, outputCount(part));
      }
      return ordinary(part, number, call);
    }
    Map<Integer, Layer> layers = new TreeMap<>();
    List<TensorRef> taken = List.of();
    for (int output : outputs) {
      OperationLayer operation = operation(part, call, number, output);
      layers.put(output, operation.layer());
      taken = operation.inputs();
    }
    return new PartCall(part, number, taken, false, layers);
  }

  /** A layer that only its reader knows. */
  private static boolean isCustom(Part part) {
    return part instanceof Part.Single single && single.leaf().isOpen();
  }

  private static int outputCount(Part part) {
    if (part instanceof Part.Nested nested) {
      return nested.model().config().outputs().size();
    }
    return part instanceof Part.Single single
            && single.leaf().layer() instanceof MultiOutputLayer several
        ? several.outputCount()
        : 1;
  }

  private OperationLayer operation(Part part, LayerCall call, int number, int output) {
    String name = part.name() + (number == 0 ? "" : "." + number);
    try {
      return Operations.read(part.config(), name + (output == 0 ? "" : ":" + output), call, output);
    } catch (InvalidLayerException invalid) {
      throw new InvalidLayerException(
          "%s, layer '%s' of class %s: %s"
              .formatted(
                  source,
                  part.path(),
                  part.config().className(),
                  LayerMessages.without(name, invalid)),
          invalid);
    }
  }

  private void requireOutputs(Part part, Set<Integer> used, int count) {
    for (int output : used) {
      if (output < 0 || output >= count) {
        throw malformed(
            "output %d of layer '%s' is used, which has %d".formatted(output, part.path(), count));
      }
    }
  }

  /** The call of an ordinary layer, whose arguments other than tensors must not matter. */
  private PartCall ordinary(Part part, int number, LayerCall call) {
    List<String> names = argumentNames(part, call);
    List<List<TensorRef>> taken = new ArrayList<>(Collections.nCopies(names.size(), List.of()));
    for (int i = 0; i < call.arguments().size(); i++) {
      take(part, "a further argument", call.arguments().get(i), i, taken);
    }
    for (Map.Entry<String, JsonNode> keyword : call.keywords().entrySet()) {
      String name = keyword.getKey();
      JsonNode value = keyword.getValue();
      int place = name.equals("inputs") && !names.contains(name) ? 0 : names.indexOf(name);
      if (place >= 0 && taken.get(place).isEmpty()) {
        take(part, name, value, place, taken);
      } else if (!(FLAGS.contains(name) && value.isBoolean() && !value.booleanValue())) {
        requireNothing(part, name, value);
      }
    }
    List<TensorRef> tensors = new ArrayList<>();
    taken.forEach(tensors::addAll);
    if (tensors.isEmpty()) {
      throw malformed("layer '" + part.path() + "' is called without a tensor");
    }
    int mask = isCustom(part) ? -1 : names.indexOf(LayerReader.MASK);
    return new PartCall(part, number, tensors, mask >= 0 && !taken.get(mask).isEmpty(), Map.of());
  }

  /** A custom layer may call its arguments as it likes, and takes all that are tensors. */
  private static List<String> argumentNames(Part part, LayerCall call) {
    if (!isCustom(part)) {
      return LayerReader.tensorArguments(part.config().className());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      names.add("");
    }
    for (Map.Entry<String, JsonNode> keyword : call.keywords().entrySet()) {
      if (!LayerCall.flatten(keyword.getValue()).isEmpty()) {
        names.add(keyword.getKey());
      }
    }
    return names;
  }

  /** Takes the tensors of an argument, if the layer has such a one; there must be no others. */
  private void take(
      Part part, String name, JsonNode argument, int place, List<List<TensorRef>> taken) {
    List<TensorRef> some = LayerCall.flatten(argument);
    if (some.isEmpty() || place >= taken.size()) {
      requireNothing(part, name, argument);
    } else {
      taken.set(place, some);
    }
  }

  /** Accepts null, and structures of nulls such as the masks of several inputs. */
  private void requireNothing(Part part, String argument, JsonNode value) {
    Deque<JsonNode> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (!node.isNull() && !node.isContainerNode()) {
        throw new InvalidLayerException(
            "%s, layer '%s' of class %s is called with %s=%s, which is not supported."
                .formatted(source, part.path(), part.config().className(), argument, value));
      }
      node.forEach(open::push);
    }
  }

  private MalformedFileException malformed(String problem) {
    return new MalformedFileException(
        "%s, model '%s': %s.".formatted(source, model.name(), problem));
  }
}
