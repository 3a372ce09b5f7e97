package org.conv4j.onnx.importer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.MalformedFileException;
import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.format.Graph;
import org.conv4j.onnx.format.GraphNode;

/** The nodes that some results need, each after those that it needs itself. */
final class NodeOrder {
  private final String source;
  private final Scope scope;
  private final Map<String, GraphNode> makers = new HashMap<>();

  private NodeOrder(String source, Scope scope) {
    this.source = source;
    this.scope = scope;
  }

  /**
   * Orders nodes.
   *
   * @param source what messages call the file
   * @param nodes the nodes of a graph, in any order
   * @param results the names of what is wanted
   * @param scope what is defined already
   * @return the nodes that are needed
   */
  static List<GraphNode> of(
      String source, List<GraphNode> nodes, List<String> results, Scope scope) {
    NodeOrder order = new NodeOrder(source, scope);
    for (GraphNode node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()
            && (order.makers.put(output, node) != null || scope.defines(output))) {
          throw new MalformedFileException(
              "%s defines the value '%s' more than once.".formatted(source, output));
        }
      }
    }
    return order.needed(results);
  }

  /** A node, or after all that it needs, the node once more. */
  private record Visit(GraphNode node, boolean ready) {}

  private List<GraphNode> needed(List<String> results) {
    List<GraphNode> sorted = new ArrayList<>();
    Set<GraphNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<GraphNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Visit> stack = new ArrayDeque<>();
    for (int i = results.size() - 1; i >= 0; i--) {
      visit(results.get(i), stack, "the graph's outputs");
    }
    while (!stack.isEmpty()) {
      Visit visit = stack.pop();
      GraphNode node = visit.node();
      if (visit.ready()) {
        open.remove(node);
        done.add(node);
        sorted.add(node);
      } else if (!done.contains(node)) {
        if (!open.add(node)) {
          throw new MalformedFileException(
              "%s has a circle: the node '%s' (%s) needs its own result."
                  .formatted(source, node.name(), node.operator()));
        }
        stack.push(new Visit(node, true));
        List<String> needs = needs(node);
        for (int i = needs.size() - 1; i >= 0; i--) {
          visit(needs.get(i), stack, "node '" + node.name() + "' (" + node.operator() + ")");
        }
      }
    }
    return sorted;
  }

  private void visit(String name, Deque<Visit> stack, String reader) {
    GraphNode maker = makers.get(name);
    if (maker != null) {
      stack.push(new Visit(maker, false));
    } else if (scope.find(name) == null) {
      throw new MalformedFileException(
          "%s has no value '%s', which %s need.".formatted(source, name, reader));
    }
  }

  /** The names that a node takes, and those that its branches take from around them. */
  private static List<String> needs(GraphNode node) {
    List<String> needs = new ArrayList<>();
    for (String input : node.inputs()) {
      if (!input.isEmpty()) {
        needs.add(input);
      }
    }
    for (Attribute attribute : node.attributes().values()) {
      if (attribute.graph() != null) {
        needs.addAll(captured(attribute.graph()));
      }
    }
    return needs;
  }

  /** The names that a branch does not define itself. */
  private static Set<String> captured(Graph branch) {
    Set<String> own = new HashSet<>();
    branch.initializers().forEach(tensor -> own.add(tensor.name()));
    branch.inputs().forEach(input -> own.add(input.name()));
    branch.nodes().forEach(node -> own.addAll(node.outputs()));
    Set<String> taken = new HashSet<>();
    branch.outputs().forEach(output -> taken.add(output.name()));
    for (GraphNode node : branch.nodes()) {
      taken.addAll(needs(node));
    }
    taken.removeAll(own);
    return taken;
  }
}
