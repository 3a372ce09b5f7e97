package org.conv4j.onnx.importer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/**
 * Weights that a file computes from others, as a model of their own that takes nothing. It runs
 * when the weights are needed.
 *
 * @param model the model
 * @param shape what it returns
 * @param dataType the type it is computed with
 */
record ComputedConstant(Model model, Shape shape, DataType dataType) implements Supplier<Tensor> {
  static Constant of(Operand.Computed value) {
    FunctionalBuilder builder = Model.functional();
    Map<Operand.Computed, SymbolicTensor> tensors = new IdentityHashMap<>();
    Deque<Operand.Computed> stack = new ArrayDeque<>();
    stack.push(value);
    while (!stack.isEmpty()) {
      Operand.Computed top = stack.peek();
      boolean ready = true;
      for (Operand.Computed input : top.inputs()) {
        if (!tensors.containsKey(input)) {
          stack.push(input);
          ready = false;
        }
      }
      if (ready) {
        stack.pop();
        tensors.computeIfAbsent(top, node -> apply(builder, node, tensors));
      }
    }
    Model model = builder.build(tensors.get(value));
    Shape shape = model.outputShapes(List.of()).get(0);
    boolean precise = value.type() == TensorType.DOUBLE;
    DataType type = precise ? DataType.FLOAT64 : DataType.FLOAT32;
    return new Constant.Stored(shape, new ComputedConstant(model, shape, type));
  }

  private static SymbolicTensor apply(
      FunctionalBuilder builder,
      Operand.Computed node,
      Map<Operand.Computed, SymbolicTensor> tensors) {
    SymbolicTensor[] inputs = new SymbolicTensor[node.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = tensors.get(node.inputs().get(i));
    }
    return builder.apply(node.layer(), node.layer().weights(), inputs);
  }

  @Override
  public Tensor get() {
    Tensor result = Tensor.allocate(dataType, shape);
    try (Plan plan =
            model.compile(List.of(), dataType, Engines.byName("java"), CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      session.run(new Tensor[0], new Tensor[] {result});
      return result;
    } catch (RuntimeException | Error failure) {
      result.close();
      throw failure;
    }
  }
}
