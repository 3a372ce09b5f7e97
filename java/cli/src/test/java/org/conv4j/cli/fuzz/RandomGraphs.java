package org.conv4j.cli.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.conv4j.error.Conv4jException;
import org.conv4j.keras.KerasLayers;
import org.conv4j.keras.KerasShapes;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.shape.Shape;

/** Random models, as Keras 3 or Keras 2 writes them: about half of them legal. */
final class RandomGraphs {
  private static final int MAX_DEPTH = 3;

  private final Values values;
  private final RandomLayers layers;
  private final RandomOperations operations;
  private final boolean old;
  private int names;
  private int shared;

  /** Nested models that were made, which others may share, with the shapes they take. */
  private final List<Nested> models = new ArrayList<>();

  private record Nested(ObjectNode json, List<Shape> takes, List<Shape> returns) {}

  /** A tensor; the shape is null if it is not known. */
  private record Tensor(String layer, int call, int output, Shape shape) {}

  RandomGraphs(Random random) {
    values = new Values(random, random.nextInt(3) == 0 ? 0.06 : 0);
    layers = new RandomLayers(values);
    operations = new RandomOperations(values);
    old = random.nextInt(3) == 0;
  }

  ObjectNode model() {
    if (values.chance(0.15)) {
      return sequential("top", 0, shape(), true).json();
    }
    List<Shape> inputs = new ArrayList<>(List.of(shape()));
    if (values.chance(0.3)) {
      inputs.add(values.chance(0.5) ? inputs.get(0) : shape());
    }
    return functional("top", 0, inputs).json();
  }

  private Shape shape() {
    int rank = values.between(2, 5);
    long[] dims = new long[rank];
    dims[0] = 1;
    for (int i = 1; i < rank; i++) {
      dims[i] = values.between(1, 9);
    }
    if (values.chance(0.03)) {
      dims[values.between(1, rank - 1)] = 1L << values.between(5, 40);
    }
    return Shape.of(dims);
  }

  private ObjectNode input(String name, Shape shape, boolean open) {
    ObjectNode layer = new ObjectNode().put("module", "keras.layers");
    layer.put("class_name", "InputLayer").put("name", name);
    ObjectNode config = layer.putObject("config").put("name", name);
    ArrayNode dims = config.putArray(old ? "batch_input_shape" : "batch_shape");
    boolean unknown = open && values.chance(0.15);
    for (int i = 0; i < shape.rank(); i++) {
      if (i == 0 || (unknown && i < shape.rank() - 1 && values.chance(0.7))) {
        dims.addNull();
      } else {
        dims.add(shape.dim(i));
      }
    }
    config.put("dtype", values.chance(0.97) ? "float32" : values.of("uint8", "int32", "float64"));
    layer.putArray("inbound_nodes");
    return layer;
  }

  private Nested sequential(String name, int depth, Shape given, boolean open) {
    ObjectNode model = new ObjectNode().put("module", "keras").put("class_name", "Sequential");
    ArrayNode chain = model.putObject("config").put("name", name).putArray("layers");
    model.put("name", name);
    if (values.chance(0.9)) {
      chain.add(input(name("input"), given, open));
    }
    Shape shape = given;
    for (int i = values.between(1, 8); i > 0; i--) {
      ObjectNode layer = fitting(shape);
      if (depth < MAX_DEPTH && values.chance(0.05)) {
        Nested nested = sequential(name("m"), depth + 1, shape == null ? shape() : shape, false);
        layer = nested.json();
        shape = nested.returns().get(0);
      } else {
        shape = output(layer, shape == null ? null : List.of(shape));
      }
      chain.add(layer);
    }
    return new Nested(model, List.of(given), Collections.singletonList(shape));
  }

  private Nested functional(String name, int depth, List<Shape> given) {
    ObjectNode model = new ObjectNode();
    model.put("module", "keras").put("class_name", old ? "Model" : "Functional").put("name", name);
    ObjectNode config = model.putObject("config").put("name", name);
    Map<String, ObjectNode> made = new HashMap<>();
    ArrayNode list = config.putArray("layers");
    List<Tensor> tensors = new ArrayList<>();
    List<Tensor> inputs = new ArrayList<>();
    for (Shape shape : given) {
      ObjectNode input = input(name("input"), shape, depth == 0);
      list.add(input);
      inputs.add(new Tensor(input.get("name").asText(), 0, 0, shape));
    }
    tensors.addAll(inputs);
    for (int i = values.between(1, depth == 0 ? 10 : 4); i > 0; i--) {
      node(depth, list, made, tensors);
    }
    config.set("input_layers", references(inputs, made));
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(tensors.get(tensors.size() - 1));
    if (values.chance(0.2)) {
      outputs.add(values.of(tensors));
    }
    config.set("output_layers", references(outputs, made));
    List<Shape> returns = new ArrayList<>();
    outputs.forEach(output -> returns.add(output.shape()));
    return new Nested(model, given, returns);
  }

  private void node(int depth, ArrayNode list, Map<String, ObjectNode> made, List<Tensor> tensors) {
    Tensor taken = values.chance(0.7) ? tensors.get(tensors.size() - 1) : values.of(tensors);
    ObjectNode layer;
    List<Tensor> arguments = new ArrayList<>(List.of(taken));
    List<Shape> returns;
    Nested nested = null;
    if (!made.isEmpty() && values.chance(0.08)) {
      layer = made.get(values.of(List.copyOf(new TreeSet<>(made.keySet()))));
      returns = Collections.singletonList(null);
    } else if (depth < MAX_DEPTH && values.chance(0.1)) {
      nested = nested(depth + 1, taken.shape() == null ? shape() : taken.shape());
      layer = nested.json().deepCopy();
      layer.put("name", name("m"));
      ((ObjectNode) layer.get("config")).set("name", layer.get("name"));
      layer.putArray("inbound_nodes");
      returns = nested.returns();
    } else if (values.chance(0.2)) {
      layer = operations.operation(name("op"));
      operations.configure(layer, taken.shape());
      layer.putArray("inbound_nodes");
      ArrayNode given = operationArguments(layer, taken, tensors);
      call(layer, given, made);
      list.add(layer);
      tensors.add(new Tensor(layer.get("name").asText(), 0, 0, output(layer, given, tensors)));
      return;
    } else if (values.chance(0.2)) {
      layer = operations.merge(name("merge"), values.of(RandomOperations.MERGES));
      boolean two = List.of("Subtract", "Dot").contains(layer.get("class_name").asText());
      for (int i = two && values.chance(0.9) ? 0 : values.between(0, 2); i >= 0; i--) {
        arguments.add(like(taken, tensors));
      }
      layer.putArray("inbound_nodes");
      returns = Collections.singletonList(output(layer, shapes(arguments)));
    } else {
      layer = fitting(taken.shape());
      layer.putArray("inbound_nodes");
      returns = Collections.singletonList(output(layer, shapes(arguments)));
    }
    String layerName = layer.get("name").asText();
    if (made.put(layerName, layer) == null) {
      list.add(layer);
    }
    int number = layer.get("inbound_nodes").size();
    call(layer, structure(arguments, made), made);
    for (int i = 0; i < returns.size(); i++) {
      tensors.add(new Tensor(layerName, number, i, returns.get(i)));
    }
  }

  /** A model of its own, or one that was made before: the same object, or only its number. */
  private Nested nested(int depth, Shape given) {
    if (!models.isEmpty() && values.chance(0.4)) {
      Nested known = values.of(models);
      ObjectNode again = known.json().deepCopy();
      if (values.chance(0.3)) {
        ((ObjectNode) again.get("config")).putArray("layers");
      }
      return new Nested(again, known.takes(), known.returns());
    }
    Nested model =
        values.chance(0.4)
            ? sequential(name("m"), depth, given, false)
            : functional(name("m"), depth, List.of(given));
    if (values.chance(0.5)) {
      model.json().put("shared_object_id", ++shared);
      models.add(model);
    }
    return model;
  }

  private Tensor like(Tensor taken, List<Tensor> tensors) {
    for (int i = 0; i < 8; i++) {
      Tensor other = values.of(tensors);
      if (taken.shape() == null ? other.shape() == null : taken.shape().equals(other.shape())) {
        return other;
      }
    }
    return values.chance(0.8) ? taken : values.of(tensors);
  }

  private ArrayNode operationArguments(ObjectNode layer, Tensor taken, List<Tensor> tensors) {
    ArrayNode arguments = new ArrayNode();
    JsonNode first =
        values.chance(0.04) ? operations.constant(taken.shape()) : reference(taken, false, false);
    if (layer.get("class_name").asText().equals("GetItem")) {
      int rank = taken.shape() == null ? 3 : taken.shape().rank();
      return arguments.add(first).add(operations.key(rank));
    }
    if (!operations.takesTwo(layer)) {
      return arguments.add(first);
    }
    JsonNode second =
        values.chance(0.4)
            ? operations.constant(taken.shape())
            : reference(like(taken, tensors), false, false);
    return operations.takesList(layer)
        ? arguments.add(new ArrayNode().add(first).add(second))
        : arguments.add(first).add(second);
  }

  private ArrayNode structure(List<Tensor> tensors, Map<String, ObjectNode> made) {
    ArrayNode list = new ArrayNode();
    for (Tensor tensor : tensors) {
      list.add(reference(tensor, isModel(made.get(tensor.layer())), false));
    }
    return tensors.size() == 1 ? list : new ArrayNode().add(list);
  }

  private void call(ObjectNode layer, ArrayNode arguments, Map<String, ObjectNode> made) {
    ArrayNode calls = (ArrayNode) layer.get("inbound_nodes");
    if (!old || !"keras.layers".equals(layer.path("module").asText())) {
      ObjectNode call = calls.addObject();
      call.set("args", arguments);
      call.putObject("kwargs");
      return;
    }
    ArrayNode call = calls.addArray();
    for (JsonNode argument : arguments.get(0).isArray() ? arguments.get(0) : arguments) {
      ArrayNode entry = (ArrayNode) argument.path("config").path("keras_history").deepCopy();
      call.add(entry.add(new ObjectNode()));
    }
  }

  private ArrayNode references(List<Tensor> tensors, Map<String, ObjectNode> made) {
    ArrayNode list = new ArrayNode();
    for (Tensor tensor : tensors) {
      JsonNode reference = reference(tensor, isModel(made.get(tensor.layer())), true);
      list.add(reference.get("config").get("keras_history"));
    }
    return list;
  }

  private JsonNode reference(Tensor tensor, boolean model, boolean output) {
    ObjectNode node = new ObjectNode().put("class_name", "__keras_tensor__");
    int call = tensor.call() + (model && (old || output) ? 1 : 0);
    ObjectNode config = node.putObject("config").put("dtype", "float32");
    if (tensor.shape() != null) {
      ArrayNode dims = config.putArray("shape").addNull();
      for (int i = 1; i < tensor.shape().rank(); i++) {
        dims.add(tensor.shape().dim(i));
      }
    }
    config.putArray("keras_history").add(tensor.layer()).add(call).add(tensor.output());
    return node;
  }

  private static boolean isModel(ObjectNode layer) {
    return layer != null
        && List.of("Functional", "Model").contains(layer.get("class_name").asText());
  }

  private static List<Shape> shapes(List<Tensor> tensors) {
    List<Shape> shapes = new ArrayList<>();
    for (Tensor tensor : tensors) {
      if (tensor.shape() == null) {
        return null;
      }
      shapes.add(tensor.shape());
    }
    return shapes;
  }

  /** Mostly a layer that can take a tensor of that shape. */
  private ObjectNode fitting(Shape shape) {
    ObjectNode layer = layers.layer(name("l"), shape);
    for (int i = 0; i < 4 && shape != null && values.chance(0.95); i++) {
      if (output(layer, List.of(shape)) != null) {
        break;
      }
      layer = layers.layer(name("l"), shape);
    }
    return layer;
  }

  /** Null if the layer is illegal, as it may be. */
  private static Shape output(ObjectNode layer, List<Shape> inputs) {
    if (inputs == null) {
      return null;
    }
    try {
      return batched(
          KerasLayers.parse(KerasJson.write(layer), "layer").layer().outputShape(inputs));
    } catch (Conv4jException illegal) {
      return null;
    }
  }

  private static Shape output(ObjectNode operation, ArrayNode arguments, List<Tensor> tensors) {
    Map<String, Shape> shapes = new HashMap<>();
    for (Tensor tensor : tensors) {
      if (tensor.call() == 0 && tensor.output() == 0 && tensor.shape() != null) {
        shapes.put(tensor.layer(), tensor.shape());
      }
    }
    try {
      List<JsonNode> given = new ArrayList<>();
      arguments.forEach(given::add);
      return batched(KerasShapes.returned(operation, given, shapes));
    } catch (Conv4jException | NullPointerException unknown) {
      return null;
    }
  }

  /** Null for scalars and vectors, which few layers take. */
  private static Shape batched(Shape shape) {
    return shape.rank() < 2 ? null : shape;
  }

  private String name(String kind) {
    return kind + names++;
  }
}
