package org.conv4j.keras.hdf5;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A group: a folder of groups and data sets. Not thread-safe. */
public final class Hdf5Group extends Hdf5Object {
  private final Map<String, Long> members = new TreeMap<>();

  Hdf5Group(Hdf5File file, String path, ObjectHeader header) {
    super(file, path, header);
    for (Cursor table : header.all(ObjectHeader.SYMBOL_TABLE)) {
      SymbolTable.read(table, this::add);
    }
    for (Cursor message : header.all(ObjectHeader.LINK)) {
      add(Link.read(message));
    }
    for (Cursor message : header.all(ObjectHeader.LINK_INFO)) {
      DenseStorage.read(message, DenseStorage.Kind.LINKS, link -> add(Link.read(link)));
    }
  }

  /**
   * Returns the names of the members.
   *
   * @return the names in alphabetical order; HDF5 keeps no other by default
   */
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /**
   * Returns whether there is a member.
   *
   * @param name its name
   * @return true if so
   */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * Returns a member.
   *
   * @param name its name, without {@code /}
   * @return the group or data set
   * @throws org.conv4j.error.MalformedFileException if there is none, it is a link to elsewhere, or
   *     another path leads to it too
   */
  public Hdf5Object member(String name) {
    Long address = members.get(name);
    String child = path().isEmpty() ? name : path() + "/" + name;
    if (address == null) {
      throw file.metadata().malformed("has no '/%s'".formatted(child));
    }
    if (address == Cursor.UNDEFINED) {
      throw file.metadata().malformed("has a link to elsewhere at '/%s'".formatted(child));
    }
    return file.object(address, child);
  }

  /**
   * Returns the group at a path that starts here.
   *
   * @param path names with {@code /} between them
   * @return the group
   * @throws org.conv4j.error.MalformedFileException if there is none
   */
  public Hdf5Group group(String path) {
    Hdf5Group group = this;
    for (String name : path.split("/")) {
      group = group.member(name) instanceof Hdf5Group next ? next : group.notA("group", name);
    }
    return group;
  }

  /**
   * Returns the data set at a path that starts here.
   *
   * @param path names with {@code /} between them
   * @return the data set
   * @throws org.conv4j.error.MalformedFileException if there is none
   */
  public Hdf5Dataset dataset(String path) {
    int slash = path.lastIndexOf('/');
    Hdf5Group parent = slash < 0 ? this : group(path.substring(0, slash));
    String name = path.substring(slash + 1);
    return parent.member(name) instanceof Hdf5Dataset found ? found : parent.notA("data set", name);
  }

  private <T> T notA(String kind, String name) {
    throw file.metadata().malformed("has no %s '%s' at '/%s'".formatted(kind, name, path()));
  }

  private void add(Link link) {
    add(link.name(), link.address());
  }

  private void add(String name, long address) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || members.put(name, address) != null) {
      throw file.metadata()
          .malformed("has the illegal or repeated name '%s' at '/%s'".formatted(name, path()));
    }
  }
}
