/**
 * The {@code conv4j} command. One class for each subcommand; exit code 0 for success, 1 for a
 * failed check, 2 for bad usage or bad input.
 */
package org.conv4j.cli;
