package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a native image is told of reflection is what the sources ask for, and exists. */
class ReachabilityTest {
  private static final String METADATA =
      "/META-INF/native-image/org.conv4j/conv4j-core/reachability-metadata.json";

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern FOR_NAME = Pattern.compile("Class\\.forName\\(\"([^\"]+)\"");
  private static final Pattern TYPE = Pattern.compile("\"type\": \"([^\"]+)\"");
  private static final Pattern METHOD =
      Pattern.compile("\"name\": \"([^\"]+)\", \"parameterTypes\"");

  @Test
  void everyClassThatIsLookedUpByItsNameIsListed() throws IOException {
    Set<String> asked = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        asked.addAll(matches(FOR_NAME, Files.readString(file)));
      }
    }
    assertThat(matches(TYPE, metadata())).isEqualTo(asked).isNotEmpty();
  }

  @Test
  void everyMethodThatIsListedExistsWhereItsClassDoes() throws IOException {
    for (String entry : metadata().split("(?=\"type\")")) {
      Matcher type = TYPE.matcher(entry);
      if (type.find() && exists(type.group(1))) {
        assertThat(methods(type.group(1))).as(type.group(1)).containsAll(matches(METHOD, entry));
      }
    }
  }

  private static boolean exists(String type) {
    try {
      Class.forName(type, false, null);
      return true;
    } catch (ClassNotFoundException newerJava) {
      return false;
    }
  }

  private static Set<String> methods(String type) {
    try {
      return Arrays.stream(Class.forName(type, false, null).getMethods())
          .map(Method::getName)
          .collect(Collectors.toSet());
    } catch (ClassNotFoundException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Set<String> matches(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String metadata() throws IOException {
    try (InputStream in = ReachabilityTest.class.getResourceAsStream(METADATA)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
