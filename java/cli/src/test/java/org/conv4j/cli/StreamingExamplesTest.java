package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages about streaming show compiles as it stands there. */
class StreamingExamplesTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** What the examples take as given. */
  private static final String FRAME =
      """
      import java.nio.*;
      import java.nio.file.Path;
      import javax.sound.sampled.*;
      import org.conv4j.engine.Engines;
      import org.conv4j.file.*;
      import org.conv4j.model.Model;
      import org.conv4j.stream.*;
      import org.conv4j.tensor.DataType;
      import org.conv4j.wav.Wav;

      class Given {
        Model model;
        StreamPlan plan;
        Stream stream;
        float[] in;
        float[] out;
        int frames;
        Path source;
        Path target;
      }

      class Example extends Given {
        void run() throws Exception {
          %s
        }
      }
      """;

  @ParameterizedTest
  @CsvSource({"../core/STREAMING.md, 3", "../nam/README.md, 1"})
  void examplesCompile(Path page, int least, @TempDir Path classes) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(page));
    int found = 0;
    while (blocks.find()) {
      found++;
      assertCompiles(FRAME.formatted(blocks.group(1)), classes);
    }
    assertThat(found).isGreaterThanOrEqualTo(least);
  }

  private static void assertCompiles(String source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignored) {
            return source;
          }
        };
    boolean good = compiler.getTask(said, null, null, options, null, List.of(file)).call();
    assertThat(good).as(said + "\n" + source).isTrue();
  }
}
