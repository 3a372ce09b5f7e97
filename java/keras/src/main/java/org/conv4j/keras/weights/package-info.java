/**
 * Which of a file's weights belongs to which layer: by place in a tree, by order or by name, as the
 * file's writer meant it.
 */
package org.conv4j.keras.weights;
