/**
 * What importers find in graphs beside layers, such as {@code x + 1} or a mean along an axis, each
 * as a layer. Unlike Keras's layers they treat the batch as an axis like the others. Their constant
 * operands are part of them, not weights. Those that only move elements are in {@code reshaping}.
 */
package org.conv4j.operation;
