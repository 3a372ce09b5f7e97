package org.conv4j.layer;

/** A layer around another, whose weights are among its own under the names that they have there. */
public interface Wrapper extends SingleInputLayer {
  /**
   * Returns the layer inside.
   *
   * @return the wrapped layer
   */
  Layer layer();

  /**
   * Looks through wrappers.
   *
   * @param layer any layer
   * @return the layer itself, or what is inside all wrappers around it
   */
  static Layer innermost(Layer layer) {
    Layer inner = layer;
    while (inner instanceof Wrapper wrapper) {
      inner = wrapper.layer();
    }
    return inner;
  }
}
