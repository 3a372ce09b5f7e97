/**
 * Reads HDF5 files: the part of the format that h5py writes for Keras, in the old and the new style
 * of HDF5's "File Format Specification Version 3.0".
 *
 * <p>A reader of our own, because a weight goes from the file straight into its tensor, and because
 * files are not trusted: every offset, size and count is checked before anything is read or
 * allocated for it, and the metadata that a file can make us read is bounded. Links out of the
 * file, virtual data sets and rare filters are refused.
 */
package org.conv4j.keras.hdf5;
