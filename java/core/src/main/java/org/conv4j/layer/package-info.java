/**
 * Keras's layers as immutable records with Keras's names: what they compute, the shapes of their
 * weights and output, and how they lower to ops.
 *
 * <p>They hold no weights and know no engine.
 */
package org.conv4j.layer;
