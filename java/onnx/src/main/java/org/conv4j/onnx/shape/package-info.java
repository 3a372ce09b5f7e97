/**
 * Arithmetic on tensors that are known once shapes are: small integer tensors, the operators that
 * compute them, and expressions that are evaluated for concrete shapes.
 */
package org.conv4j.onnx.shape;
