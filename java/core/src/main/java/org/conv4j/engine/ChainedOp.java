package org.conv4j.engine;

import java.util.List;

/**
 * An op that was compiled by one of several engines.
 *
 * @param op the compiled op
 * @param engine the name of the engine that compiled it
 * @param declined the engines that were asked before, in order
 */
public record ChainedOp(CompiledOp op, String engine, List<Declined> declined) {}
