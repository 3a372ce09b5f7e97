package org.conv4j.tuning;

import java.util.function.Supplier;
import org.conv4j.engine.CompiledOp;

/**
 * One way to run an op.
 *
 * @param name names it among the op's candidates, and in other processes; no tabs or line breaks
 * @param compiler makes the compiled op, which its caller closes; may throw {@link
 *     org.conv4j.error.UnsupportedByEngineException}
 */
public record Candidate(String name, Supplier<CompiledOp> compiler) {}
