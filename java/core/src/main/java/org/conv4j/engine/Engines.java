package org.conv4j.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.error.SimilarNames;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.service.Services;
import org.conv4j.team.Team;
import org.conv4j.tensor.DataType;

/** Finds engines. Safe for any thread. */
public final class Engines {
  /** The names of engines that were replaced by others, which was logged. */
  private static final Set<String> REPLACED = ConcurrentHashMap.newKeySet();

  private Engines() {}

  /**
   * Returns every engine on the class path, unavailable ones included.
   *
   * @return the engines, the highest priority first
   */
  public static List<Engine> all() {
    List<Engine> all = Services.of(Engine.class);
    all.sort(Comparator.comparingInt(Engine::priority).reversed());
    return List.copyOf(all);
  }

  /**
   * Begins to load the native libraries of engines on another thread and returns at once. A program
   * that has something else to do first, such as reading a model, gets an engine sooner afterwards.
   */
  public static void prepare() {
    Thread loader =
        new Thread(
            () -> all().stream().filter(Engine::isAvailable).forEach(Engine::dataTypes),
            "conv4j-engine-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /**
   * Ends the threads that conv4j keeps for later, so that a container can unload the application
   * that has it: for example in {@code ServletContextListener.contextDestroyed}. Close predictors,
   * sessions, plans and tensors before. Threads that are still at work end half a minute later.
   * Nothing stops working: what is used afterwards starts its threads again, but for JavaCPP's, if
   * the application's own class loader loaded it: that no longer frees what is not closed.
   */
  public static void release() {
    Team.dismissIdleHelpers();
    all().forEach(Engine::release);
  }

  /**
   * Returns the engine of a name. A choice that cannot be met is an error, never a fallback.
   *
   * @param name the name
   * @return an available engine
   * @throws EngineUnavailableException if there is none of that name or it cannot be used
   */
  public static Engine byName(String name) {
    Engine engine = named(name, all());
    engine.ensureAvailability();
    return engine;
  }

  /**
   * Returns the engine of a name, or, if it cannot be used here or does not compute with a type,
   * the first engine of a fallback that can. That it is another one is logged, once for each name,
   * and to be seen from the engine.
   *
   * @param name the name
   * @param dataType the type
   * @param fallback the engines that may be used instead
   * @return an available engine that computes with the type
   * @throws EngineUnavailableException if there is no engine of a name, or none can be used
   * @throws UnsupportedByEngineException if none computes with the type
   */
  public static Engine byName(String name, DataType dataType, Fallback fallback) {
    Engine asked = named(name, all());
    List<Engine> others = fallback.engines(name);
    if (asked.isAvailable() && asked.dataTypes().contains(dataType)) {
      return asked;
    }
    for (Engine other : others) {
      if (other.isAvailable() && other.dataTypes().contains(dataType)) {
        if (REPLACED.add(name)) {
          log(asked, "using '" + other.name() + "' instead");
        }
        return other;
      }
    }
    asked.ensureAvailability();
    requireDataType(asked, dataType);
    return asked;
  }

  /**
   * Checks that an engine computes with a data type.
   *
   * @param engine the engine
   * @param dataType the type
   * @throws UnsupportedByEngineException if it does not, with the engines that do
   */
  public static void requireDataType(Engine engine, DataType dataType) {
    if (!engine.dataTypes().contains(dataType)) {
      throw new UnsupportedByEngineException(
          "The engine '%s' does not compute with %s; these do: %s."
              .formatted(engine.name(), dataType, namesFor(dataType)));
    }
  }

  static Engine named(String name, List<Engine> all) {
    for (Engine engine : all) {
      if (engine.name().equals(name)) {
        return engine;
      }
    }
    List<String> names = all.stream().map(Engine::name).toList();
    throw new EngineUnavailableException(
        "There is no engine '%s'; there are %s.%s"
            .formatted(name, String.join(", ", names), SimilarNames.question(name, names)));
  }

  /**
   * Returns the engine of the highest priority that can be used here and computes with a type. An
   * engine passed over because it is unavailable is logged with its reason.
   *
   * @param dataType the type
   * @return the engine
   * @throws UnsupportedByEngineException if no engine computes with it
   */
  public static Engine best(DataType dataType) {
    for (Engine engine : all()) {
      if (!engine.dataTypes().contains(dataType)) {
        continue;
      }
      if (engine.isAvailable()) {
        return engine;
      }
      log(engine, "trying the next");
    }
    throw new UnsupportedByEngineException("No engine here computes with " + dataType + ".");
  }

  private static void log(Engine passedOver, String consequence) {
    String problem =
        passedOver.isAvailable() ? "does not have the data type" : "cannot be used here";
    System.getLogger(Engines.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "The engine '" + passedOver.name() + "' " + problem + "; " + consequence + ".",
            passedOver.unavailabilityCause().orElse(null));
  }

  /**
   * Returns the names of the available engines that compute with a type.
   *
   * @param dataType the type
   * @return the names, separated by commas
   */
  public static String namesFor(DataType dataType) {
    return all().stream()
        .filter(engine -> engine.dataTypes().contains(dataType) && engine.isAvailable())
        .map(Engine::name)
        .collect(Collectors.joining(", "));
  }
}
