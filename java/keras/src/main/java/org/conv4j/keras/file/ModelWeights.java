package org.conv4j.keras.file;

/** The weights of a model, as its file orders them. */
public sealed interface ModelWeights permits WeightTree, LayerWeights {}
