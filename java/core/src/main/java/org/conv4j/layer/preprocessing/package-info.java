/** Keras's layers that prepare numbers and images. */
package org.conv4j.layer.preprocessing;
