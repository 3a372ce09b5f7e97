/**
 * The engine that runs ops on oneDNN, through its C interface and the JavaCPP presets.
 *
 * <p>Everything native is owned by a small class of its own here and is unknown elsewhere. oneDNN's
 * words ({@code src}, {@code dst}, {@code goihw}, zero-based dilation) end at this package.
 */
package org.conv4j.onednn;
