package org.conv4j.keras.custom;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;

/**
 * The variables of one layer in the order of the file: its own, then those of layers that it holds.
 * An {@code .h5} file has their names ({@code factor}, {@code dense/kernel}); a {@code .keras} file
 * has only positions ({@code 0}, {@code dense/0}), and the layers inside by the alphabet. A reader
 * for both asks by position. Not thread-safe.
 */
public final class LayerVariables {
  private final List<WeightSpec> specs;
  private final List<Constant> constants;
  private final Set<Integer> read = new HashSet<>();

  /**
   * Lists variables; conv4j does so.
   *
   * @param specs their names and shapes
   * @param constants their numbers
   */
  public LayerVariables(List<WeightSpec> specs, List<Constant> constants) {
    this.specs = List.copyOf(specs);
    this.constants = List.copyOf(constants);
  }

  /**
   * Returns how many variables there are.
   *
   * @return their number
   */
  public int size() {
    return specs.size();
  }

  /**
   * Returns the names of all variables.
   *
   * @return the names in the file's order
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (WeightSpec spec : specs) {
      names.add(spec.name());
    }
    return names;
  }

  /**
   * Returns the shape of a variable, which does not count as reading it.
   *
   * @param position which one, from 0
   * @return its shape in Keras's layout
   * @throws InvalidLayerException if there are not as many
   */
  public Shape shape(int position) {
    return specs.get(require(position)).shape();
  }

  /**
   * Returns the numbers of a variable.
   *
   * @param position which one, from 0
   * @return its numbers, which stay in the file until they are asked for
   * @throws InvalidLayerException if there are not as many
   */
  public Constant get(int position) {
    read.add(require(position));
    return constants.get(position);
  }

  /**
   * Returns the numbers of a variable.
   *
   * @param name its name
   * @return its numbers, which stay in the file until they are asked for
   * @throws InvalidLayerException if there is none of that name, or several
   */
  public Constant get(String name) {
    List<String> names = names();
    int position = names.indexOf(name);
    if (position < 0 || position != names.lastIndexOf(name)) {
      throw new InvalidLayerException(
          "there must be one variable '%s'; the file has %s.".formatted(name, list(specs)));
    }
    return get(position);
  }

  /** Leaves the variables unread that were not read, because they play no part in inference. */
  public void ignoreOthers() {
    for (int i = 0; i < specs.size(); i++) {
      read.add(i);
    }
  }

  /**
   * Refuses variables that were not read.
   *
   * @throws InvalidLayerException if there are any
   */
  public void requireRead() {
    List<WeightSpec> unread = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      if (!read.contains(i)) {
        unread.add(specs.get(i));
      }
    }
    if (!unread.isEmpty()) {
      throw new InvalidLayerException(
          "its reader must read all variables or ignore them; it has not read "
              + list(unread)
              + ".");
    }
  }

  private int require(int position) {
    if (position < 0 || position >= specs.size()) {
      throw new InvalidLayerException(
          "there is no variable %d; the file has %s.".formatted(position, list(specs)));
    }
    return position;
  }

  private static String list(List<WeightSpec> specs) {
    List<String> all = new ArrayList<>();
    for (WeightSpec spec : specs) {
      all.add("'" + spec.name() + "' " + spec.shape());
    }
    return all.isEmpty() ? "none" : String.join(", ", all);
  }
}
