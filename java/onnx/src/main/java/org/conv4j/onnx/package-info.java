/**
 * Loads ONNX models: {@link org.conv4j.onnx.OnnxModels} is the way in. What a file says is in
 * {@code format}, how its graph becomes layers in {@code importer} and {@code operator}.
 */
package org.conv4j.onnx;
