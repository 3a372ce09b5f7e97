package org.conv4j.keras.hdf5;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.DenseStorage;
import org.conv4j.keras.hdf5.structure.Link;
import org.conv4j.keras.hdf5.structure.ObjectHeader;
import org.conv4j.keras.hdf5.structure.SymbolTable;

/** A group: a folder of groups and data sets. Not thread-safe. */
public final class Hdf5Group extends Hdf5Object {
  /** As many as HDF5 follows by default. */
  private static final int MAX_LINKS = 16;

  private final Map<String, Link> members = new TreeMap<>();

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
   * @throws org.conv4j.error.MalformedFileException if there is none, or it is a link that leads
   *     nowhere, in a circle or to another file
   */
  public Hdf5Object member(String name) {
    return member(name, MAX_LINKS);
  }

  private Hdf5Object member(String name, int links) {
    Link link = members.get(name);
    String child = path().isEmpty() ? name : path() + "/" + name;
    if (link == null) {
      throw file.metadata().malformed("has no '/%s'".formatted(child));
    }
    return switch (link.kind()) {
      case HARD -> file.object(link.address(), child);
      case SOFT -> follow(link.target(), child, links - 1);
      case EXTERNAL ->
          throw file.metadata()
              .malformed(
                  "has a link at '/%s' to another file, '%s', which is not followed; re-save it with the data inside"
                      .formatted(child, link.target()));
      case OTHER ->
          throw file.metadata()
              .malformed("has a link of an unknown kind at '/%s'".formatted(child));
    };
  }

  /** The object at a path from here or, if it starts with a slash, from the root. */
  private Hdf5Object follow(String target, String from, int links) {
    if (links < 0) {
      throw file.metadata()
          .malformed(
              "has more than %d links behind each other at '/%s', perhaps in a circle"
                  .formatted(MAX_LINKS, from));
    }
    Hdf5Object found = target.startsWith("/") ? file.root() : this;
    for (String name : target.split("/")) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (!(found instanceof Hdf5Group group) || !group.has(name)) {
        throw file.metadata()
            .malformed("has a link at '/%s' to '%s', which is not there".formatted(from, target));
      }
      found = group.member(name, links);
    }
    return found;
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
    String name = link.name();
    if (name.isEmpty() || name.indexOf('/') >= 0 || members.put(name, link) != null) {
      throw file.metadata()
          .malformed("has the illegal or repeated name '%s' at '/%s'".formatted(name, path()));
    }
  }
}
