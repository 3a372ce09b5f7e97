package org.conv4j.onnx.format;

import java.util.List;

/**
 * A graph, of the model or of a branch.
 *
 * @param name its name
 * @param nodes its nodes, in the file's order
 * @param initializers its constants
 * @param inputs what it takes; old files list constants, too
 * @param outputs what it returns
 */
public record Graph(
    String name,
    List<GraphNode> nodes,
    List<TensorData> initializers,
    List<ValueInfo> inputs,
    List<ValueInfo> outputs) {}
