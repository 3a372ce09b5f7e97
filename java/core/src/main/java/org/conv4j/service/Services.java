package org.conv4j.service;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Finds implementations with {@link ServiceLoader}: those that the class loader of their interface
 * sees, and those that the calling thread's context class loader sees. Containers set the context
 * to an application's loader, threads of a common pool often have one that sees nothing of conv4j:
 * either alone is not enough. Safe for any thread.
 */
public final class Services {
  private Services() {}

  /**
   * Creates one object of every implementation. One that cannot be created, or is made for another
   * copy of its interface, is left out and logged with its reason.
   *
   * @param <S> the interface
   * @param type the interface
   * @return new objects, each of a class of its own; those of the interface's loader come first
   */
  public static <S> List<S> of(Class<S> type) {
    return of(type, loader -> ServiceLoader.load(type, loader));
  }

  /**
   * Creates one object of every implementation, for an interface of another module, which alone may
   * ask for it.
   *
   * @param <S> the interface
   * @param type the interface
   * @param loading asks one class loader, in code of the interface's module
   * @return as {@link #of(Class)}
   */
  public static <S> List<S> of(Class<S> type, Function<ClassLoader, ServiceLoader<S>> loading) {
    List<S> found = new ArrayList<>();
    ClassLoader own = type.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    add(type, loading.apply(own), found);
    if (context != null && context != own) {
      add(type, loading.apply(context), found);
    }
    return found;
  }

  private static <S> void add(Class<S> type, ServiceLoader<S> loaded, List<S> found) {
    Iterator<S> services = loaded.iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          return;
        }
        S service = services.next();
        if (!contains(found, service.getClass())) {
          found.add(service);
        }
      } catch (ServiceConfigurationError broken) {
        System.getLogger(Services.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "An implementation of " + type.getName() + " cannot be used; it is left out.",
                broken);
      }
    }
  }

  private static boolean contains(List<?> found, Class<?> implementation) {
    for (Object other : found) {
      if (other.getClass() == implementation) {
        return true;
      }
    }
    return false;
  }
}
