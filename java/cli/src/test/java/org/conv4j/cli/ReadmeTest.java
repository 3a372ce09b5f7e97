package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conv4j.testkit.docs.Snippets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows compiles, runs and exists. */
class ReadmeTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path MODEL =
      ROOT.resolve("java/cli/src/main/resources/org/conv4j/cli/demo/digits.keras");
  private static final Path IMAGE =
      ROOT.resolve("java/image/src/test/resources/org/conv4j/image/digit.png");

  private static final String[] API = {
    "java.nio.*",
    "java.nio.file.*",
    "java.util.*",
    "java.util.function.Function",
    "javax.sound.sampled.*",
    "org.conv4j.activation.*",
    "org.conv4j.engine.*",
    "org.conv4j.error.*",
    "org.conv4j.file.*",
    "org.conv4j.function.*",
    "org.conv4j.image.*",
    "org.conv4j.keras.*",
    "org.conv4j.keras.custom.*",
    "org.conv4j.layer.*",
    "org.conv4j.layer.convolution.*",
    "org.conv4j.layer.core.*",
    "org.conv4j.layer.preprocessing.*",
    "org.conv4j.layer.reshaping.*",
    "org.conv4j.limit.*",
    "org.conv4j.model.*",
    "org.conv4j.operation.*",
    "org.conv4j.plan.*",
    "org.conv4j.shape.*",
    "org.conv4j.stream.*",
    "org.conv4j.tensor.*",
    "org.conv4j.wav.*",
    "org.conv4j.weights.*"
  };

  @TempDir private Path folder;

  @Test
  void theProgramOfTheReadmeCompilesAndRuns() throws Exception {
    Snippets readme = Snippets.of(ROOT.resolve("README.md"));
    readme.compileFile(0, folder);
    UsersJdk jdk = new UsersJdk(folder);
    String path = folder + File.pathSeparator + System.getProperty("java.class.path");
    String printed = jdk.java("-cp", path, "Classify", MODEL, IMAGE);
    double first = Double.parseDouble(printed.substring(1, printed.indexOf(',')));
    assertThat(first).as(printed).isBetween(0.99, 1.0);
  }

  @Test
  void theOtherSnippetsCompile() {
    compile("README.md", 1, "Tensor kernel, Tensor bias");
    compile("java/README.md", 0, "");
    compile("java/README.md", 1, "Model model, Engine engine, float[][] rows");
    compile("java/README.md", 2, "");
    compile("java/README.md", 3, "");
    compile("java/keras/README.md", 0, "");
    compile("java/keras/README.md", 1, "");
    compile("java/keras/README.md", 2, "");
    compile("java/onnx/README.md", 0, "Tensor input");
    compile("java/nam/README.md", 0, "float[] in, float[] out");
    compile("java/core/STREAMING.md", 0, "Model model, float[] in, int frames, float[] out");
    compile("java/core/STREAMING.md", 1, "StreamPlan plan");
    compile("java/core/STREAMING.md", 2, "StreamPlan plan, Path source, Path target");
    compile("java/core/STREAMING.md", 3, "StreamPlan plan, float[] in, int frames, float[] out");
  }

  private void compile(String page, int block, String parameters) {
    Snippets.of(ROOT.resolve(page)).compileBody(block, folder, parameters, API);
  }

  @Test
  void allSnippetsAreTried() {
    assertThat(Snippets.of(ROOT.resolve("README.md")).count()).isEqualTo(2);
    assertThat(Snippets.of(ROOT.resolve("java/README.md")).count()).isEqualTo(4);
    assertThat(Snippets.of(ROOT.resolve("java/core/STREAMING.md")).count()).isEqualTo(4);
    assertThat(Snippets.of(ROOT.resolve("java/keras/README.md")).count()).isEqualTo(3);
    for (String page : List.of("java/onnx", "java/nam")) {
      assertThat(Snippets.of(ROOT.resolve(page + "/README.md")).count()).as(page).isEqualTo(1);
    }
  }

  @Test
  void theCommandsOfTheCommandsReadmeRun() throws Exception {
    Path images = IMAGE.getParent();
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.copy(images.resolve("photo.jpg"), photos.resolve("a.jpg"));
    Files.copy(images.resolve("colours.png"), photos.resolve("b.png"));
    Files.copy(images.resolve("photo.jpg"), folder.resolve("photo.jpg"));
    Files.copy(SmallModels.path("unet.keras"), folder.resolve("segmentation.keras"));
    Files.copy(SmallModels.path("wavenet.keras"), folder.resolve("forecast.keras"));
    Files.writeString(folder.resolve("series.csv"), "value\n" + "0.5\n".repeat(40));
    int commands = 0;
    for (String line : Files.readAllLines(ROOT.resolve("java/cli/README.md"))) {
      if (line.startsWith("conv4j ")) {
        commands++;
        Object[] arguments = inFolder(line.substring("conv4j ".length()).split(" "));
        CommandResult result = CommandResult.of(arguments);
        assertThat(result.exitCode()).as(line + result.err()).isZero();
      }
    }
    assertThat(commands).isEqualTo(3);
    assertThat(folder.resolve("forecast.csv")).exists();
    assertThat(folder.resolve("mask.png")).exists();
    assertThat(folder.resolve("masks")).isDirectoryContaining("glob:**/{a,b}.png");
  }

  /** The arguments of a command, with the files among them in the test's folder. */
  private String[] inFolder(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].matches(".*\\.[a-z]+|.*/")) {
        arguments[i] = folder + File.separator + arguments[i];
      }
    }
    return arguments;
  }

  /** Links to files and folders, and the paths that commands name. */
  @Test
  void theFilesThatTheReadmeNamesExist() throws Exception {
    String text = Files.readString(ROOT.resolve("README.md"));
    Matcher paths =
        Pattern.compile("\\]\\(([^)#:]+)[#)]|^[a-z]+=(\\S+)$", Pattern.MULTILINE).matcher(text);
    int found = 0;
    while (paths.find()) {
      String path = paths.group(1) == null ? paths.group(2) : paths.group(1);
      assertThat(ROOT.resolve(path)).exists();
      found++;
    }
    assertThat(found).isGreaterThan(15);
  }
}
