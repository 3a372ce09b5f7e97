/**
 * One application of an operator: its inputs, and the means to append ops for it. What operators
 * mean is in {@code operator}.
 */
package org.conv4j.onnx.call;
