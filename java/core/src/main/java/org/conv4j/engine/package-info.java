/**
 * The seam between plans and the engines that run their ops: what an engine implements, how engines
 * are found and asked one after the other, and how users say what to compile for.
 *
 * <p>An engine of one's own is one class, which may hold its {@link org.conv4j.engine.CompiledOp}
 * and {@link org.conv4j.engine.OpRunner}, and a line in {@code
 * META-INF/services/org.conv4j.engine.Engine}. It is found in a plain jar on the class path and on
 * the module path; one with a module descriptor provides it there, too.
 */
package org.conv4j.engine;
