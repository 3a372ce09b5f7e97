/**
 * What Keras records for arithmetic on symbolic tensors, such as {@code x + 1} or {@code x[:, 0]}:
 * the classes of {@code keras.src.ops}, each as a layer. Unlike ordinary layers they treat the
 * batch as an axis like the others. Their constant operands are part of them, not weights.
 */
package org.conv4j.layer.operation;
