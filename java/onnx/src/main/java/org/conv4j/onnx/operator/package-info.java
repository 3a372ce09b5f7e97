/**
 * ONNX's operators on values that are only known in a run: each becomes ops of the program. One
 * file for a family of operators.
 */
package org.conv4j.onnx.operator;
