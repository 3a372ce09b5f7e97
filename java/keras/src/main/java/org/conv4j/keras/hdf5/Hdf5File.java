package org.conv4j.keras.hdf5;

import java.util.HashMap;
import java.util.Map;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.MemoryBudget;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.hdf5.structure.GlobalHeap;
import org.conv4j.keras.hdf5.structure.Metadata;
import org.conv4j.keras.hdf5.structure.ObjectHeader;
import org.conv4j.keras.hdf5.structure.Superblock;

/**
 * An HDF5 file, read lazily. Several paths may lead to one object, which is read for each of them:
 * groups in a circle run out of the budget for structures. Not thread-safe; the bytes must stay
 * readable.
 */
public final class Hdf5File {
  /** Deeper than models are nested, and shallow enough for recursion. */
  private static final int MAX_PATH_LENGTH = 2000;

  private final Metadata metadata;
  private final GlobalHeap globalHeap;
  private final MemoryBudget budget;
  private final Map<String, Hdf5Object> objects = new HashMap<>();
  private final Hdf5Group root;

  private Hdf5File(Bytes bytes, Superblock superblock) {
    this.metadata = superblock.metadata();
    this.globalHeap = new GlobalHeap(metadata);
    this.budget = new MemoryBudget(bytes);
    this.root =
        object(superblock.rootHeader(), "") instanceof Hdf5Group group ? group : missingRoot();
  }

  /**
   * Returns whether bytes start like an HDF5 file.
   *
   * @param bytes the bytes
   * @return true if so
   */
  public static boolean isHdf5(Bytes bytes) {
    return Superblock.find(bytes) >= 0;
  }

  /**
   * Opens a file.
   *
   * @param bytes the whole file
   * @return the file
   * @throws MalformedFileException if it is no sound HDF5 file
   * @throws org.conv4j.error.FileAccessException if it cannot be read
   */
  public static Hdf5File open(Bytes bytes) {
    return new Hdf5File(bytes, Superblock.read(bytes));
  }

  /**
   * Returns the group that holds all others.
   *
   * @return the group with the empty path
   */
  public Hdf5Group root() {
    return root;
  }

  Metadata metadata() {
    return metadata;
  }

  GlobalHeap globalHeap() {
    return globalHeap;
  }

  MemoryBudget budget() {
    return budget;
  }

  Hdf5Object object(long address, String path) {
    Hdf5Object known = objects.get(path);
    if (known == null) {
      if (path.length() > MAX_PATH_LENGTH) {
        throw metadata.malformed("has groups nested too deeply, perhaps in a circle");
      }
      metadata.charge(path.length());
      ObjectHeader header = ObjectHeader.read(metadata, address);
      known =
          header.has(ObjectHeader.LAYOUT)
              ? new Hdf5Dataset(this, path, header)
              : new Hdf5Group(this, path, header);
      objects.put(path, known);
    }
    return known;
  }

  private Hdf5Group missingRoot() {
    throw metadata.malformed("has no root group");
  }
}
