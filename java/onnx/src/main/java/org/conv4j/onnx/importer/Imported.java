package org.conv4j.onnx.importer;

import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;

/**
 * A graph that has become a model.
 *
 * @param model the model
 * @param dataType what it is to be computed with
 */
public record Imported(Model model, DataType dataType) {}
