package org.conv4j.keras.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.hdf5.Hdf5File;
import org.conv4j.keras.hdf5.Hdf5Group;

/**
 * Weights as Keras 3 saves them: a tree of objects such as {@code layers/conv2d} or {@code
 * layers/functional/layers/dense_1}, each with its own variables by position. Names in the tree
 * come from an object's class and its place among its siblings of that class, not from the layer's
 * name. Read lazily. Not thread-safe.
 */
public final class WeightTree implements ModelWeights {
  private static final String VARIABLES = "vars";

  /** How Keras 2.13 called the group of layers. */
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  private static final String LAYERS = "layers";
  private static final String LAYER_NAME = "name";

  /** Positions in numeric order; the few names that are no positions come last. */
  private static final Comparator<String> BY_POSITION =
      Comparator.comparingInt(WeightTree::position).thenComparing(Comparator.naturalOrder());

  private final List<Hdf5File> shards;
  private final OpenFile owner;

  WeightTree(List<Hdf5File> shards, OpenFile owner) {
    this.shards = List.copyOf(shards);
    this.owner = owner;
  }

  /**
   * Returns whether the file has an object, with or without variables.
   *
   * @param path the object's path; empty for the model itself
   * @return true if so
   * @throws MalformedFileException if the file is damaged
   */
  public boolean has(String path) {
    return !groups(path).isEmpty();
  }

  /**
   * Returns the names of an object's parts, without its own variables.
   *
   * @param path the object's path; empty for the model itself
   * @return names that, appended to the path after a {@code /}, are paths again; in alphabetical
   *     order, empty if there is no such object
   * @throws MalformedFileException if the file is damaged
   */
  public Set<String> children(String path) {
    Set<String> names = new TreeSet<>();
    for (Hdf5Group group : groups(path)) {
      names.addAll(group.names());
    }
    names.remove(VARIABLES);
    return names;
  }

  /**
   * Returns an object's own variables.
   *
   * @param path the object's path; empty for the model itself
   * @return the variables by position, empty if the file has none for it
   * @throws MalformedFileException if the file is damaged or lacks one of them
   */
  public List<SavedWeight> variables(String path) {
    Map<String, SavedWeight> found = new TreeMap<>(BY_POSITION);
    for (Hdf5Group group : variableGroups(path)) {
      for (String name : group.names()) {
        SavedWeight weight = new SavedWeight(name, WeightSource.of(group.dataset(name)), owner);
        if (found.put(name, weight) != null) {
          throw malformed("has the variable %s of '%s' twice".formatted(name, path));
        }
      }
    }
    int expected = 0;
    for (String name : found.keySet()) {
      int position = position(name);
      if (position != Integer.MAX_VALUE && position != expected++) {
        throw malformed("lacks the variable %d of '%s'".formatted(expected - 1, path));
      }
    }
    return new ArrayList<>(found.values());
  }

  /**
   * Returns the name that a layer had when it was saved, which newer versions of Keras write down.
   *
   * @param path the layer's path
   * @return the layer's name, if the file tells it
   * @throws MalformedFileException if the file is damaged
   */
  public Optional<String> layerName(String path) {
    for (Hdf5Group group : variableGroups(path)) {
      Optional<String> name = group.text(LAYER_NAME);
      if (name.isPresent()) {
        return name;
      }
    }
    return Optional.empty();
  }

  private List<Hdf5Group> variableGroups(String path) {
    List<Hdf5Group> variables = new ArrayList<>();
    for (Hdf5Group group : groups(path)) {
      if (group.has(VARIABLES)) {
        variables.add(group.group(VARIABLES));
      }
    }
    return variables;
  }

  /** The object's group in each shard that has it. */
  private List<Hdf5Group> groups(String path) {
    owner.requireOpen();
    List<Hdf5Group> groups = new ArrayList<>();
    for (Hdf5File shard : shards) {
      Hdf5Group root = shard.root();
      Optional<Hdf5Group> group = find(root, path);
      if (group.isEmpty()) {
        group = find(root, path.replace(LAYERS, OLD_LAYERS));
      }
      if (group.isPresent()) {
        groups.add(group.get());
      }
    }
    return groups;
  }

  private static Optional<Hdf5Group> find(Hdf5Group root, String path) {
    Hdf5Group group = root;
    for (String name : path.isEmpty() ? new String[0] : path.split("/")) {
      if (!group.has(name) || !(group.member(name) instanceof Hdf5Group next)) {
        return Optional.empty();
      }
      group = next;
    }
    return Optional.of(group);
  }

  private static int position(String name) {
    boolean number = !name.isEmpty() && name.length() < 9;
    for (int i = 0; i < name.length() && number; i++) {
      number = name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    return number ? Integer.parseInt(name) : Integer.MAX_VALUE;
  }

  private MalformedFileException malformed(String problem) {
    return new MalformedFileException(owner.source() + " " + problem + ".");
  }
}
