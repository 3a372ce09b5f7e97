/**
 * NumPy's files: {@code .npy} for one tensor and {@code .npz} for a named set. Nothing here knows
 * what the tensors are for.
 */
package org.conv4j.npy;
