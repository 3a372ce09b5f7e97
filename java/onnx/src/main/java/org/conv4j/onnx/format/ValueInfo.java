package org.conv4j.onnx.format;

import java.util.List;

/**
 * What a file says about an input or output. It may be wrong.
 *
 * @param name the value's name
 * @param type the type of its elements; {@link TensorType#OTHER} for what is no tensor
 * @param dims its extents, -1 where any will do; null if the file says nothing
 */
public record ValueInfo(String name, TensorType type, List<Long> dims) {}
