/**
 * Networks that take a frame of a signal and return one, at all times in the same way: what they
 * compute, in a form that an engine can run as a whole in one call, and what it offers for that.
 * How such a network follows from a model is told in {@code org.conv4j.stream}.
 */
package org.conv4j.frames;
