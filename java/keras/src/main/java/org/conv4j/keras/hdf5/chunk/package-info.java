/**
 * Where and how the elements of an HDF5 data set are stored: layouts, chunks, their indices and
 * filters.
 */
package org.conv4j.keras.hdf5.chunk;
