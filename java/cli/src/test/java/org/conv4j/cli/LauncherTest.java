package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the command, with a small program in the place of its jar. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final String PROGRAM =
      """
      public class Program {
        public static void main(String[] words) {
          for (String word : words) {
            System.out.println("[" + word + "]");
          }
          var options = java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments();
          System.out.println("options " + options);
          System.exit(words[words.length - 1].equals("fails") ? 2 : 0);
        }
      }
      """;

  @TempDir private Path folder;

  private Path launcher;
  private Path cache;

  private record Result(int code, List<String> out, String err) {
    String options() {
      return out.get(out.size() - 1);
    }
  }

  @BeforeEach
  void install() throws IOException {
    Path home = Files.createDirectories(folder.resolve("a home/bin"));
    launcher = home.resolve("conv4j");
    Files.copy(Path.of("src/main/launcher/conv4j"), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path source = Files.writeString(folder.resolve("Program.java"), PROGRAM);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertThat(code).isZero();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Program");
    try (OutputStream file = Files.newOutputStream(home.resolve("conv4j.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.putNextEntry(new JarEntry("Program.class"));
      jar.write(Files.readAllBytes(folder.resolve("Program.class")));
    }
    cache = folder.resolve("a cache");
  }

  private Result start(Object... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    Stream.of(words).map(Object::toString).forEach(command::add);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("XDG_CACHE_HOME", cache.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    int code = builder.start().waitFor();
    return new Result(code, Files.readAllLines(out), Files.readString(err));
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("conv4j"))) {
      return files.toList();
    }
  }

  @Test
  void theSecondStartUsesTheArchiveOfTheFirst() throws Exception {
    Result first = start("run", "a model.keras", "--input", "*.png");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).isEmpty();
    assertThat(first.out())
        .startsWith("[run]", "[a model.keras]", "[--input]", "[*.png]")
        .hasSize(5);
    assertThat(first.options()).contains("ArchiveClassesAtExit", "TieredStopAtLevel=1");
    List<Path> archives = archives();
    assertThat(archives).hasSize(1).first().asString().endsWith(".jsa");
    Result second = start("run", "fails");
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err()).isEmpty();
    assertThat(second.options()).contains("SharedArchiveFile=" + archives.get(0));
    assertThat(archives()).isEqualTo(archives);
  }

  @Test
  void aFailureKeepsNoArchive() throws Exception {
    assertThat(start("run", "fails").code()).isEqualTo(2);
    assertThat(archives()).isEmpty();
  }

  @Test
  void aDamagedArchiveDoesNoHarm() throws Exception {
    start("run");
    Path archive = archives().get(0);
    assertThat(archive.toFile().setWritable(true)).isTrue();
    Files.writeString(archive, "no archive");
    Result result = start("run", "x");
    assertThat(result.code()).isZero();
    assertThat(result.out()).startsWith("[run]", "[x]").hasSize(3);
  }

  @Test
  void aCacheThatCannotBeMadeDoesNoHarm() throws Exception {
    Files.writeString(cache, "a file in its place");
    Result result = start("run", "x");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.options()).doesNotContain("Archive");
  }

  @Test
  void javaEnginesKeepTheJvmsSecondCompiler() throws Exception {
    for (String[] words :
        new String[][] {{"run", "--engine", "java"}, {"bench", "x"}, {"verify"}}) {
      assertThat(start((Object[]) words).options()).doesNotContain("TieredStopAtLevel");
    }
  }

  @Test
  void aLinkFindsTheJar() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a home/bin/conv4j"));
    launcher = link;
    assertThat(start("doctor").out()).startsWith("[doctor]");
  }
}
