package org.conv4j.onnx.shape;

/**
 * The branch of an If that a node stands in, whose condition depends on shapes.
 *
 * @param node the If
 * @param condition its condition
 * @param holds whether the branch is taken where the condition holds
 */
public record Guard(NodeInfo node, Known condition, boolean holds) {
  /** Whether the branch is taken. */
  public boolean isTaken(Evaluation evaluation) {
    return evaluation.get(condition).truth(node) == holds;
  }
}
