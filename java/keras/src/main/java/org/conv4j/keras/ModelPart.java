package org.conv4j.keras;

import java.util.List;
import org.conv4j.keras.graph.ModelConfig;

/**
 * A model with its parts made.
 *
 * @param config its configuration
 * @param path the names of the models around it and its own, with slashes between; empty at the top
 * @param parts its layers in Keras's order
 * @param calls the calls of its layers, each after those whose results it takes
 */
record ModelPart(ModelConfig config, String path, List<Part> parts, List<PartCall> calls) {}
