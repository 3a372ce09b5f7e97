/** Keras's pooling layers. */
package org.conv4j.layer.pooling;
