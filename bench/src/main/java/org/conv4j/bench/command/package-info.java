/** The commands of the benchmarks, their options and exit codes. */
package org.conv4j.bench.command;
