/**
 * Rewrites programs so that they do the same in fewer or cheaper steps, for every engine alike.
 * Each rewriting is one small {@link org.conv4j.optimize.Pass}.
 *
 * <p>How an engine runs a step fast is the engine's business and not found here.
 */
package org.conv4j.optimize;
