/**
 * Keras's activation functions and recurrent cells as values: what they compute, not how an engine
 * runs them.
 */
package org.conv4j.activation;
