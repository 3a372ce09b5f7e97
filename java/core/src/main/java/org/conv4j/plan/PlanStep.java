package org.conv4j.plan;

import java.util.List;
import org.conv4j.engine.Declined;
import org.conv4j.op.Op;

/**
 * What a plan says about one of its steps.
 *
 * @param layer the layer it comes from
 * @param fused the layers that were merged into it
 * @param op the operation
 * @param engine the name of the engine that runs it
 * @param declined the engines that were asked before and left it to others, and why
 * @param kernel the engine's kernel candidate that runs it
 * @param implementation the implementation behind the kernel
 * @param threads how many threads run it
 * @param scratchpadBytes its temporary memory
 */
public record PlanStep(
    String layer,
    List<String> fused,
    Op op,
    String engine,
    List<Declined> declined,
    String kernel,
    String implementation,
    int threads,
    long scratchpadBytes) {}
