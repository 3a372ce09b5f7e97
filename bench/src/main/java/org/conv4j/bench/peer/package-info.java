/**
 * The seam to rival libraries: what one has to do to be measured beside conv4j's engines.
 *
 * <p>Rivals are found with {@link java.util.ServiceLoader}; none is in an ordinary build.
 */
package org.conv4j.bench.peer;
