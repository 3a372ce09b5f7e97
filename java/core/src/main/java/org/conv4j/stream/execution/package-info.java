/**
 * How the frames of a stream are computed: chunk by chunk on plans, or by an engine that runs the
 * network as a whole; and what a stream remembers in either way.
 */
package org.conv4j.stream.execution;
