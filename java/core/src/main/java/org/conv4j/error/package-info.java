/**
 * The exceptions of conv4j: few, unchecked, under one root.
 *
 * <p>Their messages are sentences in the user's terms: the layer, the argument, the value given and
 * the value expected. Misuse of an object's lifetime (use after close, two threads in one session)
 * is the JDK's {@link java.lang.IllegalStateException} instead.
 */
package org.conv4j.error;
