/**
 * ZIP archives read in place: entries are ranges of the archive's bytes, nothing is extracted.
 * Unlike {@code java.util.zip} it tells where a stored entry lies, so that weights are read from
 * there straight into their tensors.
 */
package org.conv4j.keras.zip;
