/** Keras's layers that move, repeat, add or leave out elements. */
package org.conv4j.layer.reshaping;
