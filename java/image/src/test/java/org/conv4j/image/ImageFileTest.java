package org.conv4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
  private static final int HEIGHT = 11;
  private static final int WIDTH = 14;

  /** Decoders of JPEG round differently, and smooth the smaller planes of colours differently. */
  private static final float JPEG_LEVELS = 1;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colours.png",
        "transparent.png",
        "grey.png",
        "grey_transparent.png",
        "palette.png",
        "black_and_white.png"
      })
  void decodesPngAsKerasDoes(String file) {
    for (int channels : new int[] {1, 3, 4}) {
      Pixels pixels =
          ImageFile.read(ImageGoldens.path(file), HEIGHT, WIDTH, channels, ImageResizing.BILINEAR);
      assertThat(pixels.values()).containsExactly(ImageGoldens.array(file + ":" + mode(channels)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo.jpg", "grey.jpg"})
  void decodesJpegAsKerasDoes(String file) {
    for (int channels : new int[] {1, 3, 4}) {
      Pixels pixels =
          ImageFile.read(
              ImageGoldens.path(file), 4 * HEIGHT, 4 * WIDTH, channels, ImageResizing.BILINEAR);
      assertThat(pixels.values())
          .containsExactly(ImageGoldens.array(file + ":" + mode(channels)), within(JPEG_LEVELS));
    }
  }

  @Test
  void ignoresColourProfilesAsKerasDoes() {
    Path file = ImageGoldens.path("profile.jpg");
    assertThat(ImageFile.read(file, 4 * HEIGHT, 4 * WIDTH, 3, ImageResizing.BILINEAR).values())
        .containsExactly(ImageGoldens.array("profile.jpg:rgb"), within(JPEG_LEVELS));
  }

  @ParameterizedTest
  @CsvSource({"5, 9", "11, 14", "23, 30", "1, 1", "6, 40"})
  void resizesAsKerasDoes(int height, int width) {
    Pixels pixels =
        ImageFile.read(ImageGoldens.path("colours.png"), height, width, 3, ImageResizing.BILINEAR);
    assertThat(pixels.height()).isEqualTo(height);
    assertThat(pixels.width()).isEqualTo(width);
    assertThat(pixels.values())
        .containsExactly(
            ImageGoldens.array("bilinear_" + height + "x" + width), within(255 * 1e-5f));
  }

  @Test
  void takesTheUpperHalfOf16Bits() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0x12ff);
    image.getRaster().setSample(1, 0, 0, 0xfe00);
    Path file = folder.resolve("deep.png");
    ImageIO.write(image, "png", file.toFile());
    assertThat(ImageFile.read(file, 1, 2, 1, ImageResizing.BILINEAR).values())
        .containsExactly(0x12, 0xfe);
  }

  @Test
  void refusesCmyk() {
    assertRefused(ImageGoldens.path("cmyk.jpg"), "cmyk.jpg");
  }

  @Test
  void refusesWhatIsNoImage() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "an image of words");
    assertRefused(text, "text.png", "no PNG or JPEG");
    assertRefused(Files.createFile(folder.resolve("empty.jpg")), "empty.jpg");
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    Path gif = folder.resolve("gif.png");
    ImageIO.write(image, "gif", gif.toFile());
    assertRefused(gif, "gif.png", "is a GIF image; PNG and JPEG images are read");
    assertThatThrownBy(
            () -> ImageFile.read(folder.resolve("missing.png"), 2, 2, 3, ImageResizing.BILINEAR))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("missing.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"colours.png", "palette.png", "photo.jpg", "grey.jpg"})
  void refusesTruncatedImages(String name) throws IOException {
    byte[] content = Files.readAllBytes(ImageGoldens.path(name));
    for (int length : new int[] {1, 10, 40, content.length / 2, content.length * 4 / 5}) {
      Path file = Files.write(folder.resolve(name), Arrays.copyOf(content, length));
      assertRefused(file, name);
    }
  }

  @Test
  void refusesAJpegWithoutItsEnd() throws IOException {
    byte[] content = Files.readAllBytes(ImageGoldens.path("photo.jpg"));
    Path file =
        Files.write(folder.resolve("photo.jpg"), Arrays.copyOf(content, content.length - 2));
    assertRefused(file, "photo.jpg", "truncated");
  }

  @Test
  void damagedImagesGiveATypedErrorOrPixels() throws IOException {
    Random random = new Random(5);
    for (String name : new String[] {"colours.png", "palette.png", "photo.jpg", "cmyk.jpg"}) {
      byte[] content = Files.readAllBytes(ImageGoldens.path(name));
      for (int i = 0; i < 300; i++) {
        byte[] damaged = content.clone();
        for (int j = random.nextInt(4); j >= 0; j--) {
          damaged[random.nextInt(i % 2 == 0 ? damaged.length : 60)] = (byte) random.nextInt();
        }
        Path file = Files.write(folder.resolve(name), damaged);
        try {
          assertThat(ImageFile.read(file, 3, 3, 3, ImageResizing.BILINEAR).values()).hasSize(27);
        } catch (Conv4jException expected) {
          assertThat(expected).hasMessageContaining(name);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"100000, 100000", "2147483647, 2147483647", "8000, 8000", "1, 2147483647"})
  void refusesPixelsThatCannotBeThere(int width, int height) throws IOException {
    Path file = folder.resolve("bomb.png");
    Files.write(file, png(width, height, new byte[1000]));
    assertRefused(file, "bomb.png", "announces", Integer.toString(width));
  }

  @Test
  void readsImagesInMemoryAlike() throws IOException {
    Path photo = ImageGoldens.path("photo.jpg");
    assertThat(
            ImageFile.read(
                    Files.readAllBytes(photo), "row 7", HEIGHT, WIDTH, 3, ImageResizing.BILINEAR)
                .values())
        .containsExactly(ImageFile.read(photo, HEIGHT, WIDTH, 3, ImageResizing.BILINEAR).values());
    assertThatThrownBy(
            () ->
                ImageFile.read(
                    new byte[] {1, 2, 3}, "row 7", HEIGHT, WIDTH, 3, ImageResizing.BILINEAR))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("row 7 is no PNG or JPEG image.");
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> ImageFile.read(file, 4, 4, 3, ImageResizing.BILINEAR))
        .isInstanceOf(MalformedFileException.class)
        .message()
        .contains(parts);
  }

  private static String mode(int channels) {
    return channels == 1 ? "grayscale" : channels == 3 ? "rgb" : "rgba";
  }

  /** A PNG with 8 bits of grey that announces any size, whatever its pixels are. */
  private static byte[] png(int width, int height, byte[] pixels) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {8, 0, 0, 0, 0});
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
      deflater.write(pixels);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    chunk(file, "IHDR", header.toByteArray());
    chunk(file, "IDAT", deflated.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    DataOutputStream stream = new DataOutputStream(file);
    stream.writeInt(content.length);
    stream.write(name);
    stream.write(content);
    stream.writeInt((int) checksum.getValue());
  }
}
