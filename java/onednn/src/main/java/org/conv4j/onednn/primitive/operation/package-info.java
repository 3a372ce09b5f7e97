/**
 * The oneDNN primitives for ops between convolutions, one class for each.
 *
 * <p>What they decline, {@code Primitives} lists; another engine runs it.
 */
package org.conv4j.onednn.primitive.operation;
