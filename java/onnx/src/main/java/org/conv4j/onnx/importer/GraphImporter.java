package org.conv4j.onnx.importer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.MalformedFileException;
import org.conv4j.limit.Limits;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.Names;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.onnx.format.Graph;
import org.conv4j.onnx.format.GraphNode;
import org.conv4j.onnx.format.ModelFile;
import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.format.ValueInfo;
import org.conv4j.onnx.shape.Known;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Makes a model of what a file says. Used once. */
public final class GraphImporter {
  private final String source;
  private final ModelFile file;
  private final Map<String, Tensor> constants;
  private final FunctionalBuilder builder = Model.functional();
  private final NodeImporter nodes;
  private DataType dataType = DataType.FLOAT32;

  /**
   * Prepares for a file.
   *
   * @param source what messages call it
   * @param file what it says
   * @param constants inputs that are to be constants, by name
   * @param limits how much the model may take
   */
  public GraphImporter(
      String source, ModelFile file, Map<String, Tensor> constants, Limits limits) {
    this.source = source;
    this.file = file;
    this.constants = constants;
    this.nodes = new NodeImporter(source, file, builder, limits);
  }

  /**
   * Makes the model.
   *
   * @param outputs the names of the values that it returns; null for those of the file
   * @return the model
   */
  public Imported run(List<String> outputs) {
    Graph graph = file.graph();
    Scope scope = new Scope(null);
    for (TensorData tensor : graph.initializers()) {
      if (scope.defines(tensor.name())) {
        throw new MalformedFileException(
            "%s defines the value '%s' more than once.".formatted(source, tensor.name()));
      }
      scope.define(tensor.name(), new Operand.Stored(tensor));
    }
    Map<String, Boolean> unused = new HashMap<>();
    for (String name : constants.keySet()) {
      unused.put(name, true);
    }
    for (ValueInfo input : graph.inputs()) {
      unused.remove(input.name());
      input(input, scope);
    }
    if (!unused.isEmpty()) {
      throw new org.conv4j.error.InvalidArgumentException(
          "%s has no inputs %s that could be constants.".formatted(source, unused.keySet()));
    }
    List<String> results = new ArrayList<>();
    if (outputs == null) {
      for (ValueInfo output : graph.outputs()) {
        results.add(output.name());
      }
    } else {
      results.addAll(outputs);
    }
    if (results.isEmpty()) {
      throw new MalformedFileException(source + " has a graph without outputs.");
    }
    List<GraphNode> order = NodeOrder.of(source, graph.nodes(), results, scope);
    nodes.requireSupported(order);
    nodes.run(order, scope);
    List<SymbolicTensor> tensors = new ArrayList<>();
    for (String result : results) {
      Operand operand = scope.find(result);
      if (operand == null) {
        throw new MalformedFileException("%s has no value '%s'.".formatted(source, result));
      }
      tensors.add(nodes.output(result, operand));
      noteType(operand.type());
    }
    return new Imported(builder.build(Names.distinct(results), tensors), dataType);
  }

  private void input(ValueInfo input, Scope scope) {
    String name = input.name();
    Tensor constant = constants.get(name);
    if (constant != null) {
      scope.define(name, frozen(input, constant));
      return;
    }
    // Old files list constants among the inputs.
    if (scope.find(name) instanceof Operand.Stored) {
      return;
    }
    if (scope.defines(name)) {
      throw new MalformedFileException(
          "%s defines the value '%s' more than once.".formatted(source, name));
    }
    if (input.type().elements() == null) {
      throw new MalformedFileException(
          "%s has the input '%s', which is no tensor of numbers.".formatted(source, name));
    }
    SymbolicTensor tensor = builder.input(new InputSpec(name, input.dims(), false));
    scope.define(name, new Operand.Computed(name, input.type(), tensor, null, List.of(), false));
    noteType(input.type());
  }

  private static Operand frozen(ValueInfo input, Tensor constant) {
    boolean real = constant.dataType() == DataType.FLOAT64;
    TensorType otherwise = real ? TensorType.DOUBLE : TensorType.FLOAT;
    TensorType type = input.type().elements() == null ? otherwise : input.type();
    Numbers numbers = Numbers.converted(type, constant.shape().toArray(), constant.toDoubleArray());
    return new Operand.Expression(Known.of(numbers));
  }

  private void noteType(TensorType type) {
    if (type == TensorType.DOUBLE) {
      dataType = DataType.FLOAT64;
    }
  }
}
