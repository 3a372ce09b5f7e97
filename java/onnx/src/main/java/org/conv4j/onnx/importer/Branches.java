package org.conv4j.onnx.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.format.Graph;
import org.conv4j.onnx.format.GraphNode;
import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.ValueInfo;
import org.conv4j.onnx.shape.Guard;
import org.conv4j.onnx.shape.Known;
import org.conv4j.onnx.shape.NodeInfo;

/** Writes out nodes of the operator If. */
final class Branches {
  private final String source;
  private final int opset;
  private final LayerMaker layers;
  private final NodeImporter importer;

  Branches(String source, int opset, LayerMaker layers, NodeImporter importer) {
    this.source = source;
    this.opset = opset;
    this.layers = layers;
    this.importer = importer;
  }

  /**
   * With a condition that shapes decide, a plan computes one of the branches; with one that only a
   * run knows, both, and one is chosen.
   */
  void choose(GraphNode node, NodeInfo info, Scope scope) {
    Operand condition = importer.find(node.inputs().isEmpty() ? "" : node.inputs().get(0), scope);
    if (condition == null) {
      throw info.invalid("it lacks its condition");
    }
    Known known = importer.expression(condition);
    if (known != null && known.numbers() != null && known.numbers().count() == 1) {
      boolean holds = known.numbers().integer(0) != 0;
      List<Operand> results = results(info, node, holds ? "then_branch" : "else_branch", scope);
      for (int i = 0; i < Math.min(results.size(), node.outputs().size()); i++) {
        NodeImporter.define(node, i, results.get(i), scope);
      }
      return;
    }
    List<Operand> yes = results(info, node, "then_branch", known, scope);
    List<Operand> no = results(info, node, "else_branch", known, scope);
    String chooser = known == null ? "Where" : "If";
    for (int i = 0; i < node.outputs().size(); i++) {
      NodeInfo choice =
          new NodeInfo(layers.name(info.name() + ":" + i), chooser, opset, Map.of(), 1);
      Known left = known == null ? null : importer.expression(yes.get(i));
      Known right = known == null ? null : importer.expression(no.get(i));
      List<Operand> operands = List.of(condition, yes.get(i), no.get(i));
      Operand result =
          left == null || right == null
              ? layers.layer(choice, 0, operands, yes.get(i).type())
              : new Operand.Expression(
                  Known.applied(choice, List.of(known, left, right), 0, left.type()));
      NodeImporter.define(node, i, result, scope);
    }
  }

  private List<Operand> results(
      NodeInfo info, GraphNode node, String branch, Known condition, Scope scope) {
    if (condition == null) {
      return results(info, node, branch, scope);
    }
    layers.enter(new Guard(info, condition, branch.equals("then_branch")));
    List<Operand> results = results(info, node, branch, scope);
    layers.leave();
    return results;
  }

  private List<Operand> results(NodeInfo info, GraphNode node, String branch, Scope scope) {
    Attribute taken = node.attributes().get(branch);
    if (taken == null
        || taken.graph() == null
        || taken.graph().outputs().size() < node.outputs().size()) {
      throw info.invalid("it lacks a branch, or one of its results");
    }
    Graph graph = taken.graph();
    Scope inner = new Scope(scope);
    for (TensorData tensor : graph.initializers()) {
      inner.define(tensor.name(), new Operand.Stored(tensor));
    }
    List<String> names = new ArrayList<>();
    for (ValueInfo output : graph.outputs()) {
      names.add(output.name());
    }
    importer.run(NodeOrder.of(source, graph.nodes(), names, inner), inner);
    List<Operand> results = new ArrayList<>();
    for (String name : names) {
      results.add(importer.find(name, inner));
    }
    return results;
  }
}
