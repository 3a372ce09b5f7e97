package org.conv4j.onnx.format;

import java.util.List;
import java.util.Map;

/**
 * An operator that the file itself defines.
 *
 * @param name its name
 * @param domain its domain
 * @param inputs the names of its parameters
 * @param outputs the names of what it returns
 * @param defaults attributes that have a default
 * @param nodes its body
 */
public record Function(
    String name,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> defaults,
    List<GraphNode> nodes) {}
