/**
 * The closed set of operations that engines implement, fully resolved and in neutral words.
 *
 * <p>Every tensor is channels-last here. What Keras calls things, and why, ends at {@link
 * org.conv4j.lowering}.
 */
package org.conv4j.op;
