package org.conv4j.activation;

/**
 * {@code exp(x) / sum(exp(x))} along one axis. Not element-wise: it becomes an op of its own.
 *
 * @param axis the axis of the layer's output as Keras sees it, batch included; negative values
 *     count from the end
 * @param log whether the logarithm of the softmax is meant
 */
public record Softmax(int axis, boolean log) implements Activation {}
