/**
 * The seam between programs and the engines that run them: the interface that an engine implements,
 * and the plan and session that serve all engines alike.
 *
 * <p>Buffers, lifetimes, argument checks and thread rules are handled here once; an engine only
 * compiles single ops.
 */
package org.conv4j.engine;
