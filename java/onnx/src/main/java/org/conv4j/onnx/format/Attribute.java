package org.conv4j.onnx.format;

import java.util.List;

/**
 * An argument of a node that is fixed in the file. Of the values, the one that its kind has.
 *
 * @param name its name
 * @param number a whole number
 * @param real a real number
 * @param text a text
 * @param tensor a tensor, or null
 * @param graph a graph, or null
 * @param numbers whole numbers
 * @param reals real numbers
 * @param texts texts
 * @param reference the function's attribute that this stands for; empty if it is a value
 */
public record Attribute(
    String name,
    long number,
    float real,
    String text,
    TensorData tensor,
    Graph graph,
    long[] numbers,
    float[] reals,
    List<String> texts,
    String reference) {}
