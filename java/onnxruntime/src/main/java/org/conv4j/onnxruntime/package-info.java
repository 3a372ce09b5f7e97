/**
 * Views between ONNX Runtime's tensors and conv4j's, in both directions. Models and sessions of
 * either are their own business.
 */
package org.conv4j.onnxruntime;
