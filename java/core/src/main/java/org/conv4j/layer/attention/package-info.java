/** Keras's attention layers: each element of one sequence is a mixture of those of another. */
package org.conv4j.layer.attention;
