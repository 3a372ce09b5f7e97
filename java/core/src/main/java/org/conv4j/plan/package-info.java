/**
 * Programs compiled for an engine, and sessions that run them: memory, the division of a batch, and
 * the checks of what callers give are done here once, for all engines.
 */
package org.conv4j.plan;
