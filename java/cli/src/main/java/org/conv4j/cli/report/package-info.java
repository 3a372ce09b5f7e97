/** What commands print: tables, JSON, progress, and the exit codes that scripts see. */
package org.conv4j.cli.report;
