/** Turns the results of runs into tables, plots and a page that people read. */
package org.conv4j.bench.report;
