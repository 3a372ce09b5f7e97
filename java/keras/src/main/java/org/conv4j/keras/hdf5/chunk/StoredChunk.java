package org.conv4j.keras.hdf5.chunk;

/**
 * A chunk in the file.
 *
 * @param place its place in the grid
 * @param address where it lies
 * @param bytes how long it is there
 * @param skipped one bit for each filter that was not applied to it
 */
public record StoredChunk(long[] place, long address, long bytes, long skipped) {}
