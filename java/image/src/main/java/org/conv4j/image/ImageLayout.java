package org.conv4j.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * How a model takes an image.
 *
 * @param format where the channels are
 * @param height the number of rows
 * @param width the number of pixels in a row
 * @param channels 1, 3 or 4
 */
public record ImageLayout(DataFormat format, int height, int width, int channels) {
  private static final List<Long> CHANNELS = List.of(1L, 3L, 4L);

  /**
   * Finds out from the model's only input, which says how large images are.
   *
   * @param model the model
   * @return how it takes an image
   * @throws ShapeMismatchException if it takes none, or images of any size
   */
  public static ImageLayout of(Model model) {
    return of(model, null, null);
  }

  /**
   * Finds out from the model's only input.
   *
   * @param model the model
   * @param size height and width for a model that leaves them open, or null
   * @param format null for what the input's shape tells
   * @return how it takes an image
   * @throws ShapeMismatchException if it takes none, or leaves open what is not given
   */
  public static ImageLayout of(Model model, int[] size, DataFormat format) {
    if (model.inputs().size() != 1) {
      throw new ShapeMismatchException(
          "Images are for models with one input; this one has %d."
              .formatted(model.inputs().size()));
    }
    InputSpec input = model.inputs().get(0);
    if (input.dims() == null || input.dims().size() != 4) {
      throw refused(input, "which is not that of an image");
    }
    DataFormat actual = format == null ? format(input) : format;
    boolean last = actual == DataFormat.CHANNELS_LAST;
    long channels = input.dims().get(last ? 3 : 1);
    if (!CHANNELS.contains(channels)) {
      throw refused(input, "but images have 1, 3 or 4 channels");
    }
    return new ImageLayout(
        actual,
        extent(input, last ? 1 : 2, size == null ? null : size[0]),
        extent(input, last ? 2 : 3, size == null ? null : size[1]),
        (int) channels);
  }

  /**
   * Tells where an image's channels are from the shape of a model's input.
   *
   * @param input an input
   * @return empty if the shape is not that of a batch of images, or channels may be at either place
   */
  public static Optional<DataFormat> formatOf(InputSpec input) {
    boolean images =
        input.dims() != null
            && input.dims().size() == 4
            && mayHaveChannels(input, 1) != mayHaveChannels(input, 3);
    return images ? Optional.of(format(input)) : Optional.empty();
  }

  private static DataFormat format(InputSpec input) {
    boolean first = mayHaveChannels(input, 1);
    if (first && mayHaveChannels(input, 3)) {
      throw refused(input, "say where the channels are (--data-format)");
    }
    return first ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST;
  }

  private static boolean mayHaveChannels(InputSpec input, int axis) {
    return CHANNELS.contains(input.dims().get(axis));
  }

  private static int extent(InputSpec input, int axis, Integer given) {
    long extent = input.dims().get(axis);
    boolean open = extent == InputSpec.ANY || !input.strict();
    if (extent == InputSpec.ANY && given == null) {
      throw refused(input, "say which height and width to take (--image-size)");
    }
    if (!open && given != null && extent != given) {
      throw refused(input, "another size is given");
    }
    return given == null ? Math.toIntExact(extent) : given;
  }

  private static ShapeMismatchException refused(InputSpec input, String reason) {
    return new ShapeMismatchException(
        "The input '%s' has the shape %s: %s.".formatted(input.name(), input.format(), reason));
  }

  /**
   * Returns the shape of one image.
   *
   * @return a shape with a batch of 1
   */
  public Shape shape() {
    return format == DataFormat.CHANNELS_LAST
        ? Shape.of(1, height, width, channels)
        : Shape.of(1, channels, height, width);
  }

  /**
   * Reads an image as the model takes it.
   *
   * @param path a PNG or JPEG file
   * @param resizing how it becomes as large as the model's input
   * @param preprocessing what is done to its values
   * @return a float32 tensor with a batch of 1; the caller closes it
   * @throws FileAccessException if the file cannot be read
   * @throws MalformedFileException if it is no PNG or JPEG, damaged, too large, or in CMYK
   */
  public Tensor load(Path path, ImageResizing resizing, Preprocessing preprocessing) {
    Pixels pixels = ImageFile.read(path, height, width, channels, resizing);
    preprocessing.apply(pixels);
    Tensor image = Tensor.allocate(DataType.FLOAT32, shape());
    copy(pixels, image);
    return image;
  }

  /**
   * Writes an image of this size to a tensor.
   *
   * @param pixels the image
   * @param target a tensor of this shape; overwritten
   */
  public void copy(Pixels pixels, Tensor target) {
    float[] values = pixels.values();
    if (format == DataFormat.CHANNELS_LAST) {
      target.copyFrom(values);
      return;
    }
    float[] planes = new float[values.length];
    int area = height * width;
    for (int i = 0; i < area; i++) {
      for (int c = 0; c < channels; c++) {
        planes[c * area + i] = values[i * channels + c];
      }
    }
    target.copyFrom(planes);
  }
}
