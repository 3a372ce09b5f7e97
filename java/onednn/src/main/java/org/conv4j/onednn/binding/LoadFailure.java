package org.conv4j.onednn.binding;

import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.conv4j.error.EngineUnavailableException;

/**
 * Says why a library did not load. JavaCPP tries a second way after the first has failed; the error
 * on top tells why that one failed, and the reason lies below.
 */
final class LoadFailure {
  /** Longer chains than JavaCPP makes, should one be a circle. */
  private static final int MAX_CAUSES = 20;

  private static final String CACHE =
      "set the system property org.bytedeco.javacpp.cachedir to a folder ";

  private LoadFailure() {}

  /** The failure itself, or an exception above it that says what to do. */
  static Throwable explained(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      String message = String.valueOf(cause.getMessage());
      String advice = advice(message.toLowerCase(Locale.ROOT));
      if (advice != null) {
        return new EngineUnavailableException(firstLine(message) + "; " + advice + ".", failure);
      }
      cause = cause.getCause();
    }
    return isMissing(failure)
        ? new EngineUnavailableException(
            "the class path has no libraries for %s; add the jars of javacpp, dnnl and opencl with that classifier."
                .formatted(Loader.getPlatform()),
            failure)
        : failure;
  }

  /** What the JVM says in the end, also where JavaCPP has found a library that did not load. */
  private static boolean isMissing(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("in java.library.path");
  }

  /** What helps against an error of the dynamic linkers of glibc, musl and macOS, or of a disk. */
  private static String advice(String message) {
    if (contains(message, "failed to map segment", "operation not permitted")) {
      return "libraries may not be loaded from there, perhaps because it is mounted noexec: "
          + CACHE
          + "from which they may";
    }
    if (contains(message, "no space left", "disk quota")) {
      return "the libraries are unpacked there: " + CACHE + "with 100 MB of space";
    }
    if (contains(message, "permission denied", "accessdenied", "read-only file system")
        || message.contains("could not create the cache")) {
      return "the libraries are unpacked there: " + CACHE + "that this user may write to";
    }
    if (contains(message, "wrong elf class", "invalid elf header", "exec format error")
        || contains(message, "incompatible architecture", "incompatible cpu")) {
      return "the library is damaged or for another processor: delete the folder it lies in, and"
          + " use the jars of this platform";
    }
    if (contains(message, "ld-linux", "error relocating", "symbol not found", "glibc")) {
      return "the libraries need a newer glibc; with musl, as in Alpine Linux, they do not run";
    }
    if (message.contains("cannot open shared object file") || message.contains("error loading")) {
      return "install the package that has this library";
    }
    return null;
  }

  private static boolean contains(String message, String... parts) {
    for (String part : parts) {
      if (message.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** The path stands twice in what the JVM makes of a linker's message. */
  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    int colon = line.indexOf(": ");
    String path = colon < 0 ? "" : line.substring(0, colon + 2);
    return !path.isEmpty() && line.startsWith(path, path.length())
        ? line.substring(path.length())
        : line;
  }
}
