package org.conv4j.onednn.binding;

import java.io.IOException;
import java.net.URL;
import org.bytedeco.javacpp.Loader;
import org.conv4j.error.EngineUnavailableException;

/**
 * The library of {@code native/} in this process: whether it loaded, and why not. It is optional:
 * it is in the jar only if the jar was built where there was a C++ compiler. Safe for any thread.
 */
public final class NativeLibrary {
  /** A system property; {@code true} leaves the library unloaded. */
  public static final String DISABLED = "org.conv4j.native.disabled";

  /** More applications than a process has. */
  private static final int MAX_COPIES = 1000;

  /** Set by {@link #load}, so it must not be initialised after it. */
  private static String build;

  private static final Throwable UNAVAILABILITY_CAUSE = load();

  private NativeLibrary() {}

  /**
   * Returns whether the library loaded.
   *
   * @return true if it can be used
   */
  public static boolean isAvailable() {
    return UNAVAILABILITY_CAUSE == null;
  }

  /**
   * Returns why the library did not load.
   *
   * @return the reason, or null if it did
   */
  public static Throwable unavailabilityCause() {
    return UNAVAILABILITY_CAUSE;
  }

  /**
   * Throws unless the library loaded.
   *
   * @throws EngineUnavailableException with the reason as its cause
   */
  public static void ensureAvailability() {
    if (!isAvailable()) {
      throw new EngineUnavailableException(
          "conv4j's native library did not load: " + UNAVAILABILITY_CAUSE.getMessage(),
          UNAVAILABILITY_CAUSE);
    }
  }

  /** Returns what tells one build of the library from another; null if it did not load. */
  public static String build() {
    return build;
  }

  /**
   * oneDNN is loaded first: this library leads its calls of OpenMP to a pool of threads. A failed
   * load is kept, so that every later use can say why.
   */
  private static Throwable load() {
    if (Boolean.getBoolean(DISABLED)) {
      return new IllegalStateException("the system property " + DISABLED + " is set");
    }
    if (!OneDnn.isAvailable()) {
      return OneDnn.unavailabilityCause();
    }
    try {
      String name = System.mapLibraryName("conv4j");
      String resource = "native/" + Loader.getPlatform() + "/" + name;
      URL found = NativeLibrary.class.getResource(resource);
      if (found == null) {
        return new IllegalStateException(
            "this build has no " + resource + "; it was made without a C++ compiler");
      }
      String checksum = Long.toHexString(load(LibraryFile.of(found, name)));
      int processors = Runtime.getRuntime().availableProcessors();
      String failure = NativeThreads.start(OneDnn.address(), processors);
      if (failure != null) {
        return new IllegalStateException(failure);
      }
      build = checksum;
      NativeKernel.limit(OneDnn.vectorBytes());
      HugePages.enable();
      return null;
    } catch (IOException | LinkageError | RuntimeException failure) {
      return LoadFailure.explained(failure);
    }
  }

  /**
   * Loads the first copy of a file that no other class loader has: a JVM loads a file once only,
   * and applications in one process may have conv4j each.
   *
   * @return the checksum
   */
  private static long load(LibraryFile file) throws IOException {
    for (int copy = 0; ; copy++) {
      try {
        System.load(file.copy(copy).toString());
        return file.checksum();
      } catch (UnsatisfiedLinkError failure) {
        if (copy == MAX_COPIES || !isLoadedElsewhere(failure)) {
          throw failure;
        }
      }
    }
  }

  private static boolean isLoadedElsewhere(UnsatisfiedLinkError failure) {
    return String.valueOf(failure.getMessage()).contains("already loaded in another classloader");
  }
}
