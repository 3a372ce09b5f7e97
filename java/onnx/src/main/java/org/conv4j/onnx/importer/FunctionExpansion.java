package org.conv4j.onnx.importer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.MalformedFileException;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.format.Function;
import org.conv4j.onnx.format.GraphNode;

/** Writes out the operators that a file defines itself. */
final class FunctionExpansion {
  private static final int DEEPEST = 32;

  private final String source;
  private final Map<String, Function> functions = new HashMap<>();
  private final Budget nodes;
  private int depth;

  FunctionExpansion(String source, List<Function> functions, Limits limits) {
    this.source = source;
    this.nodes = limits.budget(Limit.NODES, source);
    for (Function function : functions) {
      this.functions.put(function.domain() + "." + function.name(), function);
    }
  }

  boolean defines(GraphNode node) {
    return !functions.isEmpty() && functions.containsKey(node.domain() + "." + node.operator());
  }

  void expand(GraphNode call, Scope scope, NodeImporter importer) {
    Function function = functions.get(call.domain() + "." + call.operator());
    if (++depth > DEEPEST) {
      throw new MalformedFileException(
          "%s has functions that are nested more than %d deep.".formatted(source, DEEPEST));
    }
    nodes.spend(1 + function.nodes().size());
    Scope inner = new Scope(null);
    for (int i = 0; i < function.inputs().size() && i < call.inputs().size(); i++) {
      Operand operand = importer.find(call.inputs().get(i), scope);
      if (operand != null) {
        inner.define(function.inputs().get(i), operand);
      }
    }
    List<GraphNode> body = new ArrayList<>();
    for (GraphNode node : function.nodes()) {
      body.add(bound(node, call, function));
    }
    List<GraphNode> order =
        NodeOrder.of(
            source,
            body,
            function
                .outputs()
                .subList(0, Math.min(function.outputs().size(), call.outputs().size())),
            inner);
    importer.requireSupported(order);
    importer.run(order, inner);
    for (int i = 0; i < call.outputs().size() && i < function.outputs().size(); i++) {
      scope.define(call.outputs().get(i), inner.find(function.outputs().get(i)));
    }
    depth--;
  }

  /** A node of the body with the call's attributes in the places of its parameters. */
  private static GraphNode bound(GraphNode node, GraphNode call, Function function) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (Attribute attribute : node.attributes().values()) {
      if (attribute.reference().isEmpty()) {
        attributes.put(attribute.name(), attribute);
        continue;
      }
      Attribute given = call.attributes().get(attribute.reference());
      given = given == null ? function.defaults().get(attribute.reference()) : given;
      if (given != null) {
        attributes.put(attribute.name(), given);
      }
    }
    return new GraphNode(
        call.name().isEmpty() ? node.name() : call.name() + "/" + node.name(),
        node.operator(),
        node.domain(),
        node.inputs(),
        node.outputs(),
        attributes);
  }
}
