/**
 * The {@code conv4j} command: where it starts, how it treats arguments and failures. Exit code 0
 * for success, 1 for a failed check, 2 for bad usage or bad input.
 */
package org.conv4j.cli;
