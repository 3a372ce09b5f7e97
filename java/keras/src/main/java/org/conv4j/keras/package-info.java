/**
 * Reads what Keras writes: layer configurations of Keras 3 and of older versions. Accepts exactly
 * what Keras accepts; anything that could change a result and is not known here is refused.
 */
package org.conv4j.keras;
