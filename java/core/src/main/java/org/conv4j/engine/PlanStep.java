package org.conv4j.engine;

import org.conv4j.op.Op;

/**
 * What a plan says about one of its steps.
 *
 * @param layer the layer it comes from
 * @param op the operation
 * @param kernel the engine's kernel candidate that runs it
 * @param implementation the implementation behind the kernel
 * @param threads how many threads run it
 * @param scratchpadBytes its temporary memory
 */
public record PlanStep(
    String layer, Op op, String kernel, String implementation, int threads, long scratchpadBytes) {}
