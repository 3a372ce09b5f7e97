package org.conv4j.bench.report;

import java.util.List;

/**
 * A table whose cells are text.
 *
 * @param headings one for each column; all columns but the first are numbers or short
 * @param rows as many cells as headings each
 */
record TextTable(List<String> headings, List<List<String>> rows) {}
