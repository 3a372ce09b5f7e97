/** The subcommands, one class each, and the options that several of them share. */
package org.conv4j.cli.command;
