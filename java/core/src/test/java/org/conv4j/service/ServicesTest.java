package org.conv4j.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
  @TempDir private Path folder;

  /** Something that can be found. */
  public interface Greeting {}

  /** Is found by the context's class loader only. */
  public static final class Hello implements Greeting {}

  /** Cannot be created. */
  public static final class Mute implements Greeting {
    /** Fails. */
    public Mute() {
      throw new IllegalStateException("no voice");
    }
  }

  @Test
  void enginesAreFoundFromThreadsThatSeeNothing() {
    List<String> names = in(null, () -> Engines.all().stream().map(Engine::name).toList());

    assertThat(names).contains("java", "reference");
    ClassLoader system = ClassLoader.getPlatformClassLoader();
    assertThat(in(system, () -> Engines.all().size())).isEqualTo(names.size());
  }

  @Test
  void whatBothLoadersSeeIsFoundOnce() {
    ClassLoader child = new URLClassLoader(new URL[0], getClass().getClassLoader());

    assertThat(in(child, () -> Services.of(Engine.class)))
        .extracting(engine -> (Object) engine.getClass())
        .doesNotHaveDuplicates()
        .hasSameSizeAs(Engines.all());
  }

  @Test
  void theContextAddsItsOwn() throws IOException {
    assertThat(Services.of(Greeting.class)).isEmpty();
    assertThat(in(declaring(Hello.class), () -> Services.of(Greeting.class)))
        .hasExactlyElementsOfTypes(Hello.class);
  }

  @Test
  void brokenOnesAreLeftOut() throws IOException {
    ClassLoader context = declaring(Mute.class, String.class, Hello.class);

    assertThat(in(context, () -> Services.of(Greeting.class)))
        .hasExactlyElementsOfTypes(Hello.class);
  }

  private ClassLoader declaring(Class<?>... implementations) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    List<String> names = List.of(implementations).stream().map(Class::getName).toList();
    Files.write(services.resolve(Greeting.class.getName()), names);
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  private static <T> T in(ClassLoader context, Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context);
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
