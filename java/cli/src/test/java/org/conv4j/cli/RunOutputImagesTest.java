package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.cli.SmallModels.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.conv4j.image.OutputImage;
import org.conv4j.image.ValueRange;
import org.conv4j.npy.Npy;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images as the outputs of the {@code run} command. */
class RunOutputImagesTest {
  /** Returns (1, 12, 30, 1), of values from 0 to 1. */
  private static final String GREY = "autoencoder.keras";

  /** Returns two classes for each pixel. */
  private static final String SEGMENTATION = "unet.keras";

  /** Makes (n, 32, 32, 3), of values from -1 to 1, of (n, 12). */
  private static final String GENERATOR = "dcgan_generator.keras";

  @TempDir private Path folder;
  private Path images;
  private Path photo;
  private Path array;

  @BeforeEach
  void copyImages() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    for (String name : new String[] {"colours.png", "photo.jpg"}) {
      Files.copy(
          Path.of("../image/src/test/resources/org/conv4j/image", name), images.resolve(name));
    }
    photo = images.resolve("photo.jpg");
    array = folder.resolve("y.npy");
  }

  @Test
  void aGreyOutputIsAGreyImage() throws IOException {
    Path file = folder.resolve("grey.PNG");
    List<String> notes = write(GREY, photo, "--preprocess", "scale", "--output", file);
    run(GREY, "--input", photo, "--preprocess", "scale", "--output", array).assertSucceeded();
    assertThat(file).hasBinaryContent(expected(0, ValueRange.ZERO_TO_ONE).toPng());
    assertThat(notes).isEmpty();
  }

  @Test
  void saysOnceHowManyValuesItClips() {
    Path input = noise(2, "x.npy");
    List<String> notes = write(GENERATOR, input, "--output", folder.resolve("made") + "/");
    run(GENERATOR, "--input", input, "--output", array).assertSucceeded();
    long clipped =
        expected(0, ValueRange.ZERO_TO_ONE).clipped()
            + expected(1, ValueRange.ZERO_TO_ONE).clipped();
    assertThat(clipped).isPositive();
    assertThat(notes)
        .containsExactly(
            "conv4j: %d of 6144 values of the output 'conv2d_transpose_2' are outside 0..1 and were clipped (--output-range)."
                .formatted(clipped));
  }

  @Test
  void aFolderGetsAnImageForEachInput() throws IOException {
    Path masks = folder.resolve("deep").resolve("masks");
    List<String> notes = write(GREY, images, "--preprocess", "scale", "--output", masks + "/");
    run(GREY, "--input", images, "--preprocess", "scale", "--output", array).assertSucceeded();
    assertThat(names(masks)).containsExactly("colours.png", "photo.png");
    assertThat(masks.resolve("colours.png"))
        .hasBinaryContent(expected(0, ValueRange.ZERO_TO_ONE).toPng());
    assertThat(masks.resolve("photo.png"))
        .hasBinaryContent(expected(1, ValueRange.ZERO_TO_ONE).toPng());
    assertThat(notes).isEmpty();
  }

  @Test
  void aPaletteTellsTheBestClassOfEachPixel() throws IOException {
    Path file = folder.resolve("mask.png");
    run(SEGMENTATION, "--input", photo, "--image-size", "8,16", "--palette", "--output", file)
        .assertSucceeded();
    run(SEGMENTATION, "--input", photo, "--image-size", "8,16", "--output", array)
        .assertSucceeded();
    try (Tensor scores = Npy.read(array)) {
      float[] values = scores.toFloatArray();
      int[] classes = ImageIO.read(file.toFile()).getRaster().getPixels(0, 0, 16, 8, (int[]) null);
      for (int i = 0; i < classes.length; i++) {
        assertThat(classes[i]).isEqualTo(values[2 * i + 1] > values[2 * i] ? 1 : 0);
      }
      assertThat(classes).contains(0, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, x.png", "2, x-0.png x-1.png", "11, x-00.png x-01.png"})
  void aBatchOfArraysGivesNumberedImages(int batch, String first) throws IOException {
    Path input = noise(batch, "x.npy");
    Path made = Files.createDirectory(folder.resolve("made"));
    assertThat(write(GENERATOR, input, "--output-range", "-1..1", "--output", made)).isEmpty();
    run(GENERATOR, "--input", input, "--output", array).assertSucceeded();
    List<String> names = names(made);
    assertThat(names).hasSize(batch).startsWith(first.split(" "));
    for (int i = 0; i < batch; i++) {
      assertThat(made.resolve(names.get(i)))
          .hasBinaryContent(expected(i, ValueRange.MINUS_ONE_TO_ONE).toPng());
    }
  }

  @Test
  void anImageInFloat64IsTheSame() {
    Path input = noise(1, "x.npy");
    Path file = folder.resolve("y.png");
    write(GENERATOR, input, "--output-range=-1..1", "--output", file);
    Path other = folder.resolve("other.png");
    write(
        GENERATOR,
        input,
        "--output-range=-1..1",
        "--dtype=float64",
        "--engine=java",
        "--output=" + other);
    assertThat(levels(other)).isEqualTo(levels(file));
  }

  @Test
  void refusesOutputsThatAreNoImages() {
    Path file = folder.resolve("y.png");
    run("mobilenet_v2.keras", "--input", photo, "--output", file)
        .assertRefused("'predictions'", "(1, 7)", "(1, height, width, channels)");
    run(SEGMENTATION, "--input", photo, "--image-size=8,16", "--output", file)
        .assertRefused("'mask'", "(1, 8, 16, 2)", "1, 3 or 4 channels", "--palette");
    run(GREY, "--input", photo, "--palette", "--output", file)
        .assertRefused("(1, 12, 30, 1)", "2 to 256 classes");
    assertThat(file).doesNotExist();
    run(GREY, "--input", photo, "--output", folder.resolve("y.jpg"))
        .assertRefused("y.jpg", ".npy", ".png");
  }

  @Test
  void refusesNan() {
    Path input = folder.resolve("nan.npy");
    float[] values = new float[12];
    values[3] = Float.NaN;
    try (Tensor x = Tensor.of(Shape.of(1, 12), values)) {
      Npy.write(input, x);
    }
    run(GENERATOR, "--input", input, "--output", folder.resolve("y.png"))
        .assertRefused("'conv2d_transpose_2'", "(1, 32, 32, 3)", "NaN");
  }

  @Test
  void refusesSeveralImagesInOneFile() {
    Path file = folder.resolve("y.png");
    run(GREY, "--input", images, "--output", file)
        .assertRefused("'conv2d_4'", "2 images", "y.png", "a folder: --output masks/");
    run(GENERATOR, "--input", noise(3, "x.npy"), "--output", file).assertRefused("3 images");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesToReplaceInputsAndOtherOutputs() throws IOException {
    byte[] before = Files.readAllBytes(images.resolve("colours.png"));
    run(GREY, "--input", images, "--output", images).assertRefused("colours.png");
    assertThat(images.resolve("colours.png")).hasBinaryContent(before);
    Path colours = images.resolve("colours.png");
    run(GREY, "--input", colours, "--output", colours).assertRefused("colours.png");
    Path other = Files.copy(photo, folder.resolve("photo.png"));
    Path masks = folder.resolve("masks");
    run(GREY, "--input", photo, other, "--output", masks + "/")
        .assertRefused("masks/photo.png", photo.toString(), other.toString());
    assertThat(masks).doesNotExist();
    Path notes = Files.writeString(folder.resolve("notes.txt"), "no folder");
    run(GREY, "--input", photo, "--output", notes + "/").assertRefused("notes.txt");
  }

  @Test
  void refusesOptionsWithoutImages() {
    run(GREY, "--input", photo, "--palette", "--output", array).assertRefused("--palette", ".png");
    run(GREY, "--input", photo, "--output-range", "0..255").assertRefused("--output-range");
    Path file = folder.resolve("y.png");
    run(GREY, "--input", photo, "--palette", "--output-range=0..1", "--output", file)
        .assertRefused("exclude each other");
    run(GREY, "--input", photo, "--output-range", "0..2", "--output", file)
        .assertRefused("0..2", "0..1", "-1..1", "0..255");
  }

  /** Runs a model that succeeds, and returns what it notes on the error stream. */
  private static List<String> write(String model, Path input, Object... options) {
    List<Object> all = new ArrayList<>(List.of("--input", input));
    all.addAll(List.of(options));
    CommandResult result = run(model, all.toArray());
    assertThat(result.exitCode()).as(result.err().toString()).isZero();
    assertThat(result.out().get(0)).contains(" -> ");
    return result.err();
  }

  /** The image of one example of the array. */
  private OutputImage expected(int example, ValueRange range) {
    try (Tensor all = Npy.read(array)) {
      Shape shape = all.shape().withDim(0, 1);
      return OutputImage.ofLevels(
          "y", all.slice(example * shape.elementCount(), shape), DataFormat.CHANNELS_LAST, range);
    }
  }

  private static int[] levels(Path file) {
    try {
      return ImageIO.read(file.toFile()).getRaster().getPixels(0, 0, 32, 32, (int[]) null);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path noise(int batch, String name) {
    Path file = folder.resolve(name);
    try (Tensor x = Tensor.allocate(DataType.FLOAT32, Shape.of(batch, 12))) {
      Random random = new Random(batch);
      x.transform(ignored -> random.nextGaussian());
      Npy.write(file, x);
    }
    return file;
  }
}
