/**
 * Internal: the memory behind tensors, and how engines and readers of files reach it.
 *
 * <p>No application may use this package. Its methods check little: a release too many, or a view
 * kept for too long, lets native code read memory that is gone. It may change at any time.
 */
package org.conv4j.tensor.internal;
