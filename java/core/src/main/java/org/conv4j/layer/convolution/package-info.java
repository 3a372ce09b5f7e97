/**
 * Keras's convolution layers: ordinary, transposed, depthwise and separable ones, with the options
 * they share and their lowering to ops. Shape arithmetic is in {@link org.conv4j.shape}.
 */
package org.conv4j.layer.convolution;
