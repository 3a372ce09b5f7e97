/** Entry point of the benchmarks; the commands are in {@link org.conv4j.bench.command}. */
package org.conv4j.bench;
