package org.conv4j.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The sources of all modules follow the plan, those too that no other module's tests see, and what
 * leaves no trace in class files: the links of comments.
 */
class SourcesTest {
  /** From the folder of this module, where its tests run. */
  private static final Path REPOSITORY = Path.of("..", "..");

  private static final String SOURCES = "/src/main/java/";

  /** An import or a link; {@code code} in a comment is a name only. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:import (?:static )?|\\{@link(?:plain)?\\s+(?:\\* )?|@throws |@see )"
              + "(org\\.conv4j(?:\\.[a-z0-9]+)+)\\.[A-Z]");

  @Test
  void everyPackageOfTheSourcesIsOnAFloorAndNoFloorHasOthers() {
    Set<String> packages = new TreeSet<>();
    for (Path source : sources()) {
      packages.add(packageOf(source));
    }
    assertThat(packages).isEqualTo(Storeys.packages());
  }

  @Test
  void noImportAndNoLinkOfACommentPointsUp() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path source : sources()) {
      Matcher references = REFERENCE.matcher(Files.readString(source));
      while (references.find()) {
        if (!Storeys.mayKnow(packageOf(source), references.group(1))) {
          wrong.add(source.getFileName() + " names a class of " + references.group(1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String packageOf(Path source) {
    String path = source.getParent().toString().replace('\\', '/');
    return path.substring(path.indexOf(SOURCES) + SOURCES.length()).replace('/', '.');
  }

  private static List<Path> sources() {
    List<Path> sources = new ArrayList<>();
    for (String part : List.of("java", "bench")) {
      try (Stream<Path> files = Files.walk(REPOSITORY.resolve(part))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.toString().replace('\\', '/').contains(SOURCES + "org/"))
            .forEach(sources::add);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return sources;
  }
}
