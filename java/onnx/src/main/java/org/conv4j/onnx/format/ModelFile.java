package org.conv4j.onnx.format;

import java.util.List;
import java.util.Map;

/**
 * What a file says.
 *
 * @param irVersion the version of the format
 * @param producer the program that wrote it, with its version; may be empty
 * @param opset the version of ONNX's own operators
 * @param graph the model's graph
 * @param functions operators that the file defines
 * @param metadata other texts by name
 */
public record ModelFile(
    long irVersion,
    String producer,
    int opset,
    Graph graph,
    List<Function> functions,
    Map<String, String> metadata) {}
