/**
 * How a network is cut in time: where time is in its values, which frames are final when, what of
 * the past is needed still, and the programs of chunks that follow from it.
 *
 * <p>It all comes from what ops say that they read. Nothing is compiled or run here.
 */
package org.conv4j.stream.analysis;
