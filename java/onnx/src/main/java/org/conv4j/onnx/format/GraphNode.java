package org.conv4j.onnx.format;

import java.util.List;
import java.util.Map;

/**
 * One application of an operator.
 *
 * @param name its name, which may be empty or used elsewhere
 * @param operator the operator's name
 * @param domain the operator's domain, empty for ONNX's own
 * @param inputs the names of what it takes, empty where an optional one is left out
 * @param outputs the names of what it returns, empty where nobody wants it
 * @param attributes by name
 */
public record GraphNode(
    String name,
    String operator,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes) {}
