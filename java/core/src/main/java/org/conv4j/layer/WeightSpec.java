package org.conv4j.layer;

import org.conv4j.shape.Shape;

/**
 * One weight that a layer needs.
 *
 * @param name Keras's name of the variable, for example {@code kernel}
 * @param shape its shape in Keras's layout
 */
public record WeightSpec(String name, Shape shape) {}
