package org.conv4j.engine;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether compiling a plan times the ways in which an engine can run each op on this machine, with
 * one thread and with several, and keeps the fastest. It costs up to some tenths of a second for
 * each op that the cache does not know, and it never changes what is computed beyond what {@link
 * CompileOptions#exact} allows. The {@code onednn} engine tunes; the Java engines, whose code is
 * still being compiled when a plan is made, ignore it.
 *
 * <p>The cache is one file, which remembers what won, by processor, library versions, data type,
 * number of threads and op. A cache that is missing, unreadable, damaged or read-only costs time
 * and nothing else: what it says is used only if it names a way that can run the op.
 *
 * @param enabled whether to time
 * @param cache where to remember what won; empty to forget it
 */
public record Tuning(boolean enabled, Optional<Path> cache) {
  /** A system property that names another file than the default for the cache. */
  public static final String CACHE_PROPERTY = "org.conv4j.tuning.cache";

  /** No timing: each op runs in the way that was measured to be fast elsewhere. */
  public static final Tuning OFF = new Tuning(false, Optional.empty());

  /**
   * Returns tuning with the cache of this user, see {@link #defaultCache}.
   *
   * @return tuning
   */
  public static Tuning on() {
    return new Tuning(true, defaultCache());
  }

  /**
   * Returns tuning with a cache of its own.
   *
   * @param cache the file, which need not exist
   * @return tuning
   */
  public static Tuning on(Path cache) {
    return new Tuning(true, Optional.of(cache));
  }

  /**
   * Returns tuning that neither reads nor writes a file.
   *
   * @return tuning
   */
  public static Tuning withoutCache() {
    return new Tuning(true, Optional.empty());
  }

  /**
   * Returns where the cache is by default.
   *
   * @return the file that {@link #CACHE_PROPERTY} names; else {@code conv4j/tuning} in {@code
   *     $XDG_CACHE_HOME}, if that is an absolute path; else {@code .cache/conv4j/tuning} in the
   *     user's home directory; or nothing, if there is no such path
   */
  public static Optional<Path> defaultCache() {
    return cache(
        System.getProperty(CACHE_PROPERTY),
        System.getenv("XDG_CACHE_HOME"),
        System.getProperty("user.home"));
  }

  static Optional<Path> cache(String property, String cacheHome, String home) {
    Optional<Path> named = path(property);
    if (named.isPresent()) {
      return named;
    }
    Optional<Path> directory =
        path(cacheHome)
            .filter(Path::isAbsolute)
            .or(() -> path(home).map(user -> user.resolve(".cache")));
    return directory.map(parent -> parent.resolve("conv4j").resolve("tuning"));
  }

  private static Optional<Path> path(String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException unusable) {
      return Optional.empty();
    }
  }
}
