package org.conv4j.model;

/**
 * A symbolic tensor of a model that is being built: an input, or the output of a layer. It stands
 * for numbers and holds none. Valid for the builder that made it only.
 */
public final class SymbolicTensor {
  private final FunctionalBuilder builder;
  private final int value;

  SymbolicTensor(FunctionalBuilder builder, int value) {
    this.builder = builder;
    this.value = value;
  }

  FunctionalBuilder builder() {
    return builder;
  }

  int value() {
    return value;
  }
}
