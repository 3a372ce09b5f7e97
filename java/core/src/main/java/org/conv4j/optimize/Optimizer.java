package org.conv4j.optimize;

import java.util.List;
import org.conv4j.limit.Limits;
import org.conv4j.lowering.Program;

/** Runs all passes. Safe for any thread. */
public final class Optimizer {
  /** Networks need three or four; each takes time in proportion to the number of steps. */
  private static final int MAX_ROUNDS = 50;

  private Optimizer() {}

  /** Those that expose work for others come first. */
  private static List<Pass> passes(Limits limits) {
    return List.of(
        new ConstantFolding(limits),
        new IdentityRemoval(),
        new EqualSteps(),
        new PermuteMerging(),
        new NormalizationRecognition(),
        new BinaryToScale(),
        new FunctionRecognition(),
        new PaddingFolding(),
        new ScaleFolding(),
        new ActivationFusion(),
        new ResidualFusion(),
        new DeadStepRemoval());
  }

  /**
   * Rewrites a program within {@link Limits#DEFAULT}.
   *
   * @param program the program
   * @return one that computes the same and refers to the same tensors
   */
  public static Program optimize(Program program) {
    return optimize(program, Limits.DEFAULT);
  }

  /**
   * Rewrites a program. Results change by no more than the rounding of weights that are multiplied
   * with others beforehand.
   *
   * @param program the program
   * @param limits how many bytes of constants may be computed beforehand
   * @return one that computes the same and refers to the same tensors; the program itself if its
   *     values differ in their data type, for a pass that merges steps would round elsewhere
   * @throws org.conv4j.error.LimitExceededException if its constants take more
   */
  public static Program optimize(Program program, Limits limits) {
    if (program.dataType().isEmpty()) {
      return program;
    }
    Graph graph = new Graph(program);
    List<Pass> passes = passes(limits);
    boolean changed = true;
    for (int round = 0; changed && round < MAX_ROUNDS; round++) {
      changed = false;
      for (Pass pass : passes) {
        changed |= pass.run(graph);
      }
    }
    return graph.program();
  }
}
