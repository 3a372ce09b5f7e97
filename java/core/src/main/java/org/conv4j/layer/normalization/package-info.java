/** Keras's normalization layers, as they act at inference. */
package org.conv4j.layer.normalization;
