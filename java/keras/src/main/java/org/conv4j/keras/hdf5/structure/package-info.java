/**
 * What HDF5 files are made of: superblock, object headers and their messages, heaps and trees.
 * Nothing here is trusted, or knows what a data set's elements are.
 */
package org.conv4j.keras.hdf5.structure;
