/**
 * Ways to run convolutions, ordinary and transposed, and the geometry of windows.
 *
 * <p>Ops without weights that move a window are in {@code operation}.
 */
package org.conv4j.portable.convolution;
