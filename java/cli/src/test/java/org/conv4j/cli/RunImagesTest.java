package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.conv4j.cli.SmallModels.read;
import static org.conv4j.cli.SmallModels.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.conv4j.image.ImageFile;
import org.conv4j.image.ImageResizing;
import org.conv4j.image.ImageResizing.Aspect;
import org.conv4j.image.Pixels;
import org.conv4j.image.ResizeMethod;
import org.conv4j.npy.Npy;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images as the inputs of the {@code run} command. */
class RunImagesTest {
  private static final String MODEL = "mobilenet_v2.keras";
  private static final int SIZE = 32;
  private static final int CLASSES = 7;

  @TempDir private Path folder;
  private Path images;
  private Path labels;
  private Path output;

  @BeforeEach
  void copyImages() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    for (String name : new String[] {"colours.png", "photo.jpg", "transparent.png"}) {
      Files.copy(image(name), images.resolve(name));
    }
    Files.writeString(images.resolve("notes.txt"), "no image");
    labels = folder.resolve("labels.txt");
    Files.writeString(labels, "ant\nbee\ncat\ndog\neel\nfox\ngnu\n");
    output = folder.resolve("y.npy");
  }

  @ParameterizedTest
  @CsvSource({
    "BILINEAR, STRETCH, bilinear, --antialias=false",
    "PIL_BICUBIC, CROP, pil-bicubic, --keep-aspect-ratio",
    "NEAREST, PAD, nearest, --pad-to-aspect-ratio"
  })
  void answersAsItDoesForTheSamePixelsInAnArray(
      ResizeMethod method, Aspect aspect, String name, String option) {
    Path array = folder.resolve("x.npy");
    Pixels pixels =
        ImageFile.read(
            images.resolve("photo.jpg"), SIZE, SIZE, 3, new ImageResizing(method, false, aspect));
    float[] values = pixels.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] / 127.5f - 1;
    }
    try (Tensor x = Tensor.of(Shape.of(1, SIZE, SIZE, 3), values)) {
      Npy.write(array, x);
    }
    run(MODEL, "--input", array, "--output", output).assertSucceeded();
    double[] expected = read(output);
    Path photo = images.resolve("photo.jpg");
    run(MODEL, "--resize", name, option, "--input", photo, "--preprocess=tf", "--output", output)
        .assertSucceeded();
    assertThat(read(output)).containsExactly(expected, within(1e-6));
  }

  @Test
  void theOutputsOfAFolderAreThoseOfItsImagesInOrder() {
    run(MODEL, "--input", images, "--output", output).assertSucceeded();
    double[] all = read(output);
    assertThat(all).hasSize(3 * CLASSES);
    String[] names = {"colours.png", "photo.jpg", "transparent.png"};
    for (int i = 0; i < names.length; i++) {
      run(MODEL, "--input", images.resolve(names[i]), "--output", output).assertSucceeded();
      assertThat(Arrays.copyOfRange(all, i * CLASSES, (i + 1) * CLASSES))
          .containsExactly(read(output), within(1e-6));
    }
    assertThat(Arrays.copyOf(all, CLASSES))
        .isNotEqualTo(Arrays.copyOfRange(all, CLASSES, 2 * CLASSES));
  }

  @Test
  void takesSeveralImagesBehindOneOption() {
    run(MODEL, "--input", images, "--output", output).assertSucceeded();
    double[] all = read(output);
    Path photo = images.resolve("photo.jpg");
    Path glass = images.resolve("transparent.png");
    run(MODEL, "--output", output, "--input", images.resolve("colours.png"), photo, glass)
        .assertSucceeded();
    assertThat(read(output)).containsExactly(all);
  }

  @Test
  void printsNumbersWhereNothingElseIsPrinted() {
    List<String> lines = run(MODEL, "--input", images.resolve("photo.jpg")).out();
    assertThat(lines.get(0)).isEqualTo("predictions: (1, 7)");
    assertThat(lines.get(1)).matches("( +[0-9.e-]+){7}");
  }

  @Test
  void refusesToWriteArraysUnderOtherNames() {
    run(MODEL, "--input", images, "--output", folder.resolve("mask.GIF"))
        .assertRefused("mask.GIF", ".npy");
    assertThat(folder.resolve("mask.GIF")).doesNotExist();
    run(MODEL, "--input", images, "--output", "-").assertRefused("'-'", "/dev/stdout");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void printsTheBestClassesOfEachImage() {
    CommandResult result =
        run(MODEL, "--input", images, "--labels", labels, "--top", "2", "--output", output);
    result.assertSucceeded();
    assertThat(result.out()).hasSize(6);
    assertThat(result.out().get(5)).startsWith("3 runs, ");
    double[] all = read(output);
    String[] names = {"ant", "bee", "cat", "dog", "eel", "fox", "gnu"};
    for (int i = 0; i < 3; i++) {
      double[] scores = Arrays.copyOfRange(all, i * CLASSES, (i + 1) * CLASSES);
      double[] sorted = scores.clone();
      Arrays.sort(sorted);
      String best = names[indexOf(scores, sorted[CLASSES - 1])];
      String second = names[indexOf(scores, sorted[CLASSES - 2])];
      assertThat(result.out().get(i))
          .startsWith(images.toString())
          .contains(": %s %.4f, %s %.4f".formatted(best, sorted[6], second, sorted[5]));
    }
    assertThat(result.out().get(3)).isEqualTo("predictions: (3, 7) -> " + output);
  }

  @Test
  void takesLabelsAsJson() throws IOException {
    Path index = folder.resolve("index.json");
    Files.writeString(
        index,
        """
        {"0": ["n0", "ant"], "1": ["n1", "bee"], "2": ["n2", "cat"], "3": ["n3", "dog"],
         "4": ["n4", "eel"], "6": ["n6", "gnu"], "5": ["n5", "fox"]}
        """);
    Path array = folder.resolve("array.JSON");
    Files.writeString(array, "[\"ant\", \"bee\", \"cat\", \"dog\", \"eel\", \"fox\", \"gnu\"]");
    JsonNode expected =
        run(MODEL, "--input", images, "--labels", labels, "--json").json().path("images");
    for (Path file : List.of(index, array)) {
      JsonNode named = run(MODEL, "--input", images, "--labels", file, "--json").json();
      assertThat(named.path("images")).isEqualTo(expected);
    }
  }

  @Test
  void jsonTellsTheBestClasses() {
    JsonNode fields = run(MODEL, "--input", images, "--labels", labels, "--json").json();
    assertThat(fields.path("images")).hasSize(3);
    for (JsonNode image : fields.path("images")) {
      assertThat(Path.of(image.path("file").asText())).exists();
      JsonNode best = image.path("best");
      assertThat(best).hasSize(5);
      assertThat(best.get(0).path("score").asDouble())
          .isGreaterThanOrEqualTo(best.get(1).path("score").asDouble());
      assertThat(best.get(0).path("label").asText().charAt(0) - 'a')
          .isEqualTo(best.get(0).path("index").asInt());
    }
    assertThat(fields.path("runs").asInt()).isEqualTo(3);
    JsonNode repeated =
        run(MODEL, "--input", images, "--top", "1", "--repeat", "4", "--json").json();
    assertThat(repeated.path("runs").asInt()).isEqualTo(12);
    assertThat(repeated.path("images").get(0).path("best")).hasSize(1);
    assertThat(repeated.path("images").get(0).path("best").get(0).path("label").asText())
        .startsWith("class ");
  }

  @Test
  void readsADigit() {
    Path digits = Path.of("src/main/resources/org/conv4j/cli/demo/digits.keras");
    CommandResult result =
        CommandResult.of(
            "run",
            digits,
            "--input",
            image("digit.png"),
            "--preprocess",
            "scale",
            "--top",
            "1",
            "--json");
    JsonNode best = result.json().path("images").get(0).path("best").get(0);
    assertThat(best.path("index").asInt()).isZero();
    assertThat(best.path("score").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void aModelMayTakeGreyImagesChannelsFirstOrAnySize() {
    run("channels_first.keras", "--input", images, "--output", output).assertSucceeded();
    run("unet.keras", "--input", images, "--image-size", "8,16", "--output", output)
        .assertSucceeded();
    try (Tensor y = Npy.read(output)) {
      assertThat(y.shape()).isEqualTo(Shape.of(3, 8, 16, 2));
    }
    run("autoencoder.keras", "--input", images, "--preprocess", "scale").assertSucceeded();
  }

  @Test
  void float64SeesTheSameImage() {
    run(MODEL, "--input", images, "--output", output).assertSucceeded();
    double[] expected = read(output);
    run(MODEL, "--input", images, "--output", output, "--dtype", "float64", "--engine", "java")
        .assertSucceeded();
    assertThat(read(output)).containsExactly(expected, within(1e-4));
  }

  @Test
  void refusesModelsThatTakeNoImages() {
    run("branches.keras", "--input", images).assertRefused("one input", "3");
    run("wavenet.keras", "--input", images).assertRefused("'wave'", "(None, 40, 1)");
    run("dcgan_generator.keras", "--input", images).assertRefused("'noise'");
    run("unet.keras", "--input", images).assertRefused("'image'", "--image-size");
    run(MODEL, "--input", images, "--image-size", "16,16").assertRefused("(None, 32, 32, 3)");
    run("layer_mix_2d.keras", "--input", images, "--data-format", "channels_first")
        .assertRefused("1, 3 or 4 channels");
  }

  @Test
  void refusesImagesThatCannotBeRead() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    run(MODEL, "--input", empty).assertRefused("empty", "no PNG or JPEG");
    run(MODEL, "--input", folder.resolve("missing.jpg")).assertRefused("missing.jpg");
    run(MODEL, "--input", images, "--input", output).assertRefused("Images and arrays");
    Path photo = Files.writeString(folder.resolve("photo.webp"), "RIFF");
    run(MODEL, "--input", photo, "--top", "1").assertRefused("photo.webp", "no PNG or JPEG");
    Path cut = folder.resolve("cut.png");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(images.resolve("colours.png")), 20));
    assertThat(run(MODEL, "--input", cut).err().get(0))
        .contains("cut.png", "damaged")
        .endsWith("r.");
    Files.writeString(images.resolve("broken.png"), "no image");
    run(MODEL, "--input", images, "--output", output).assertRefused("broken.png");
    assertThat(output).doesNotExist();
  }

  @Test
  void refusesLabelsThatDoNotFit() throws IOException {
    Path few = Files.writeString(folder.resolve("few.txt"), "ant\nbee\n");
    run(MODEL, "--input", images, "--labels", few).assertRefused("7 classes", "2 labels");
    run(MODEL, "--input", images, "--labels", folder.resolve("none.txt")).assertRefused("none.txt");
    run(MODEL, "--input", images, "--labels", images).assertRefused("images", "a directory");
    Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
    run(MODEL, "--input", images, "--labels", binary).assertRefused("binary.txt", "UTF-8");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    run(MODEL, "--input", images, "--labels", empty).assertRefused("empty.txt", "no labels");
    run("autoencoder.keras", "--input", images, "--top", "3")
        .assertRefused("(1, 12, 30, 1)", "not a score for each class");
  }

  @Test
  void refusesOptionsThatContradictEachOther() {
    run(MODEL, "--input", images, "--preprocess", "caffe", "--mean", "1").assertRefused("caffe");
    run(MODEL, "--input", images, "--mean", "1,2").assertRefused("3 channels", "2 values");
    run(MODEL, "--input", images, "--std", "0").assertRefused("--std", "0");
    run(MODEL, "--input", images, "--std", "1,NaN,1").assertRefused("--std", "finite", "NaN");
    run(MODEL, "--input", images, "--mean", "Infinity").assertRefused("--mean", "Infinity");
    run(MODEL, "--input", images, "--resize", "cubic").assertRefused("--resize", "pil-bicubic");
    run(MODEL, "--input", images, "--resize", "area", "--antialias").assertRefused("area");
    run(MODEL, "--input", images, "--crop-to-aspect-ratio", "--pad-to-aspect-ratio")
        .assertRefused("exclude each other");
    run(MODEL, "--input", images, "--top", "0").assertRefused("--top", "0");
    run(MODEL, "--input", images, "--image-size", "32").assertRefused("--image-size");
    run(MODEL, "--input", images, "--data-format", "channels").assertRefused("channels");
    run("autoencoder.keras", "--input", images, "--preprocess", "torch")
        .assertRefused("torch", "3 channels");
  }

  private static int indexOf(double[] values, double value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    throw new AssertionError(value);
  }

  /** An image of the module that reads images. */
  private static Path image(String name) {
    return Path.of("../image/src/test/resources/org/conv4j/image", name);
  }
}
