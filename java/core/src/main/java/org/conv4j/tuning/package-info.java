/**
 * Finds out which of several ways to run an op is the fastest on this machine, and remembers it.
 *
 * <p>The ways are an engine's; what the user asks for is {@link org.conv4j.engine.Tuning}.
 */
package org.conv4j.tuning;
