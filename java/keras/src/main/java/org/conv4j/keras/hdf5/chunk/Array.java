package org.conv4j.keras.hdf5.chunk;

import java.nio.ByteOrder;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;

/**
 * What the elements of a data set are, wherever they lie.
 *
 * @param shape the extents
 * @param type the stored type
 * @param order the byte order
 */
public record Array(Shape shape, ElementType type, ByteOrder order) {
  /** The size of all elements; it fits because the tensor's did. */
  long bytes() {
    return shape.elementCount() * type.bytes();
  }
}
