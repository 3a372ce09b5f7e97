/**
 * The optimised engine in plain Java, for places where native code cannot go: loops that HotSpot's
 * compiler turns into vector instructions, on heap arrays, over one or more threads.
 *
 * <p>What the ops mean is defined in {@link org.conv4j.reference.ReferenceEngine}; here is only how
 * to compute them fast.
 */
package org.conv4j.portable;
