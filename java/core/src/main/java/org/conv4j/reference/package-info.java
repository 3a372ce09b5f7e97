/**
 * The reference engine, that every other is tested against: it runs {@link
 * org.conv4j.reference.loops.Loops} on one thread, and is not meant to be fast.
 */
package org.conv4j.reference;
