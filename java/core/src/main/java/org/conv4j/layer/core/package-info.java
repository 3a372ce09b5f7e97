/** Keras's core layers, and wrappers around layers. */
package org.conv4j.layer.core;
