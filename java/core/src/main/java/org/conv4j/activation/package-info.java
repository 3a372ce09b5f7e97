/** Keras's activation functions as values: what they compute, not how an engine runs them. */
package org.conv4j.activation;
