/** Keras's layers that make one value of several. */
package org.conv4j.layer.merging;
