package org.conv4j.optimize;

import java.util.List;
import org.conv4j.lowering.Program;

/** Runs all passes. Safe for any thread. */
public final class Optimizer {
  /** Those that expose work for others come first. */
  private static final List<Pass> PASSES =
      List.of(
          new ConstantFolding(),
          new IdentityRemoval(),
          new PermuteMerging(),
          new BinaryToScale(),
          new PaddingFolding(),
          new ScaleFolding(),
          new ActivationFusion(),
          new ResidualFusion(),
          new DeadStepRemoval());

  private Optimizer() {}

  /**
   * Rewrites a program. Results change by no more than the rounding of weights that are multiplied
   * with others beforehand.
   *
   * @param program the program
   * @return one that computes the same and refers to the same tensors
   */
  public static Program optimize(Program program) {
    Graph graph = new Graph(program);
    boolean changed;
    do {
      changed = false;
      for (Pass pass : PASSES) {
        changed |= pass.run(graph);
      }
    } while (changed);
    return graph.program();
  }
}
