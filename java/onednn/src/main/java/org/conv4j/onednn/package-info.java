/**
 * The engine that runs ops on oneDNN and on our own kernels: which of them runs which kind of op.
 *
 * <p>From the ground up: {@code binding} to native code, {@code choice} between ways to run an op,
 * {@code primitive} for oneDNN's, {@code kernel} for ours. oneDNN's words ({@code src}, {@code
 * dst}, {@code goihw}, zero-based dilation) end in these packages.
 */
package org.conv4j.onednn;
