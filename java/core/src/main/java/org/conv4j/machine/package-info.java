/**
 * The processor, as far as it decides how to compute: its vectors and caches, and what work and
 * threads cost on it.
 *
 * <p>Which kernel pays on it is for the engines to know.
 */
package org.conv4j.machine;
