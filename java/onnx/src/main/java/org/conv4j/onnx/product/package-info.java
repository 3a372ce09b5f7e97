/**
 * Products of matrices, and what is one: sums by Einstein, and tables that an axis is multiplied
 * with.
 */
package org.conv4j.onnx.product;
