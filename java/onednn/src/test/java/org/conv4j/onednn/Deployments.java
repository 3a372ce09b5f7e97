package org.conv4j.onednn;

import java.io.File;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Main class of a process that loads copies of conv4j with class loaders of their own, as
 * containers do with applications. {@link Deployed} is what runs in each.
 */
final class Deployments {
  /** Collections that must be enough for a loader that nothing holds any more. */
  private static final int COLLECTIONS = 50;

  private Deployments() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "together" -> together();
      case "again" -> again();
      case "threads" -> threads();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Three copies at a time. */
  private static void together() throws Exception {
    List<URLClassLoader> loaders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      loaders.add(deploy());
      System.out.println("copy " + i + ": " + use(loaders.get(i)));
    }
    for (URLClassLoader loader : loaders) {
      System.out.println("after all: " + use(loader));
    }
    Reference.reachabilityFence(loaders);
  }

  /** One copy after the other. */
  private static void again() throws Exception {
    for (int i = 0; i < 3; i++) {
      URLClassLoader loader = deploy();
      System.out.println("deployment " + i + ": " + use(loader));
      release(loader);
      loader.close();
      ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
      WeakReference<ClassLoader> reference = new WeakReference<>(loader, collected);
      loader = null;
      System.out.println("collected: " + isCollected(reference, collected));
      for (int wait = 0; wait < COLLECTIONS && mapped("libconv4j"); wait++) {
        System.gc();
        collected.remove(100);
      }
      System.out.println("mapped: " + mapped("libgomp") + " " + mapped("libconv4j"));
    }
  }

  private static void release(ClassLoader loader) throws Exception {
    Class.forName("org.conv4j.engine.Engines", true, loader).getMethod("release").invoke(null);
  }

  /** Whether a library is in this process, as far as Linux tells. */
  private static boolean mapped(String library) throws IOException {
    Path maps = Path.of("/proc/self/maps");
    return Files.exists(maps) && Files.readString(maps).contains(library);
  }

  private static boolean isCollected(
      WeakReference<ClassLoader> loader, ReferenceQueue<ClassLoader> collected) throws Exception {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      if (collected.remove(100) == loader) {
        return true;
      }
    }
    return false;
  }

  /** Threads whose context class loader sees nothing of conv4j. */
  private static void threads() throws Exception {
    URLClassLoader loader = deploy();
    ClassLoader[] contexts = {null, ClassLoader.getSystemClassLoader().getParent(), loader};
    for (ClassLoader context : contexts) {
      String[] result = {""};
      Thread thread =
          new Thread(
              () -> {
                try {
                  result[0] = call(loader);
                } catch (Exception | LinkageError failure) {
                  result[0] = failure.toString();
                }
              });
      thread.setContextClassLoader(context);
      thread.start();
      thread.join();
      System.out.println("thread: " + result[0]);
    }
  }

  private static URLClassLoader deploy() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("deployed").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(
        urls.toArray(new URL[0]), ClassLoader.getSystemClassLoader().getParent());
  }

  private static String use(ClassLoader loader) throws Exception {
    Thread.currentThread().setContextClassLoader(loader);
    try {
      return call(loader);
    } finally {
      Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    }
  }

  private static String call(ClassLoader loader) throws Exception {
    Class<?> application = Class.forName(Deployed.class.getName(), true, loader);
    if (application == Deployed.class) {
      throw new IOException("The application comes from the process's own class path.");
    }
    return ((Callable<?>) application.getConstructor().newInstance()).call().toString();
  }
}
