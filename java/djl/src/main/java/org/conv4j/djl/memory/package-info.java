/**
 * Where the elements of arrays are, and loops over them. For this module's own use.
 *
 * <p>A {@link org.conv4j.djl.memory.Storage} holds elements, a {@link org.conv4j.djl.memory.View}
 * says which of them an array has, in which order.
 */
package org.conv4j.djl.memory;
