package org.conv4j.keras.file;

/**
 * The weights of a model, as its file orders them. Weights are matched to layers by position, not
 * by name: Keras makes names up.
 */
public sealed interface ModelWeights permits WeightTree, LayerWeights {}
