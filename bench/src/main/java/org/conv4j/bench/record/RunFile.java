package org.conv4j.bench.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Everything that came out of a run, in one JSON file.
 *
 * @param environment where it was measured
 * @param notes what was found out about each subject before it was timed
 * @param benchmarks JMH's results, as JMH writes them
 */
public record RunFile(Environment environment, List<Note> notes, List<JsonNode> benchmarks) {}
