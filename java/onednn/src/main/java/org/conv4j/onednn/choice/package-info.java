/**
 * How one of several ways to run an op is chosen: candidates, what they cost, how many threads pay.
 *
 * <p>The ways themselves are in {@code primitive} and {@code kernel}.
 */
package org.conv4j.onednn.choice;
