/**
 * Keras's activation layers; the functions that they apply are in {@link org.conv4j.activation}.
 */
package org.conv4j.layer.activation;
