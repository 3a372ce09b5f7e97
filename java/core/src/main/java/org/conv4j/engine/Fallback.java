package org.conv4j.engine;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.InvalidArgumentException;

/**
 * Which engines may run what the engine that was asked for leaves to others: an option of {@link
 * CompileOptions} for the ops of a plan, and of {@link Engines#byName(String,
 * org.conv4j.tensor.DataType, Fallback)} for an engine that cannot be used here at all. Which
 * engine runs a step, and why others do not, say the steps of a plan.
 */
public final class Fallback {
  private static final Fallback LISTED = new Fallback(null);
  private static final Fallback NONE = new Fallback(List.of());

  /** Null for all engines that there are. */
  private final List<String> names;

  private Fallback(List<String> names) {
    this.names = names;
  }

  /**
   * Allows every engine that {@link Engines#all} lists, in that order. The default.
   *
   * @return the fallback
   */
  public static Fallback listed() {
    return LISTED;
  }

  /**
   * Allows no other engine: what the engine that was asked for does not run is refused.
   *
   * @return the fallback
   */
  public static Fallback none() {
    return NONE;
  }

  /**
   * Allows engines by name.
   *
   * @param engines their names, in the order in which they are asked
   * @return the fallback
   */
  public static Fallback to(String... engines) {
    InvalidArgumentException.requirePresent(engines, "The names of engines");
    for (String engine : engines) {
      InvalidArgumentException.requirePresent(engine, "The name of an engine");
    }
    return new Fallback(List.of(engines));
  }

  /**
   * Finds the engines.
   *
   * @param but one that is not meant
   * @return the others, unavailable ones included
   * @throws org.conv4j.error.EngineUnavailableException if there is none of a name
   */
  List<Engine> engines(String but) {
    List<Engine> engines = new ArrayList<>();
    if (names == null || !names.isEmpty()) {
      List<Engine> all = Engines.all();
      if (names == null) {
        engines.addAll(all);
      } else {
        for (String name : names) {
          engines.add(Engines.named(name, all));
        }
      }
      engines.removeIf(engine -> engine.name().equals(but));
    }
    return engines;
  }

  /** Whether engines are named, so that a wrong name should be told at once. */
  boolean isNamed() {
    return names != null && !names.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fallback fallback
        && (names == null ? fallback.names == null : names.equals(fallback.names));
  }

  @Override
  public int hashCode() {
    return names == null ? 0 : names.hashCode();
  }

  @Override
  public String toString() {
    return names == null ? "listed" : names.toString();
  }
}
