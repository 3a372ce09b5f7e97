/** Turns the graph of a file into a model: names are resolved, constants folded, layers made. */
package org.conv4j.onnx.importer;
