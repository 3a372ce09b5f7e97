package org.conv4j.optimize;

/** One kind of rewriting. Used for one program only. */
interface Pass {
  /**
   * Rewrites a graph as often as this pass finds something to do.
   *
   * @param graph is changed
   * @return whether it was changed
   */
  boolean run(Graph graph);
}
