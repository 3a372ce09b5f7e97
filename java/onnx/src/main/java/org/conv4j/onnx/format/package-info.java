/**
 * What is in an ONNX file: protocol buffer messages as records. Weights stay in the file; nothing
 * here knows what an operator means.
 */
package org.conv4j.onnx.format;
