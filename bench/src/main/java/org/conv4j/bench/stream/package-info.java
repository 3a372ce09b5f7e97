/**
 * Streams against recomputing the window that an output follows from: the networks, and how both
 * are timed.
 */
package org.conv4j.bench.stream;
