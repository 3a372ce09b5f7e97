/**
 * oneDNN's convolution primitives, and what they stand in for.
 *
 * <p>Our own kernels are in {@code kernel}.
 */
package org.conv4j.onednn.primitive.convolution;
