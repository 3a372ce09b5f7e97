/**
 * Tensors: typed views of off-heap memory, and the memory itself.
 *
 * <p>Nothing here computes; engines do. Arithmetic on shapes is in {@link org.conv4j.shape}.
 */
package org.conv4j.tensor;
