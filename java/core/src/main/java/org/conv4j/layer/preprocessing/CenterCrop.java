package org.conv4j.layer.preprocessing;

import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's CenterCrop: the middle of images. An image that is too small is enlarged instead, after
 * its ends were cut to the right ratio of height to width.
 *
 * @param name the layer's name
 * @param height the output's height
 * @param width the output's width
 * @param dataFormat the position of the channels in input and output
 */
public record CenterCrop(String name, int height, int width, DataFormat dataFormat)
    implements WeightlessLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param height see {@link #height}
   * @param width see {@link #width}
   * @param dataFormat see {@link #dataFormat}
   */
  public CenterCrop {
    Objects.requireNonNull(name, "name");
    Arguments.positive(name, "height", height);
    Arguments.positive(name, "width", width);
    Objects.requireNonNull(dataFormat, "dataFormat");
  }

  /**
   * Returns a layer with Keras's default, channels last.
   *
   * @param height the output's height
   * @param width the output's width
   * @return the layer
   * @throws InvalidLayerException if an extent is below 1
   */
  public static CenterCrop of(int height, int width) {
    return new CenterCrop("center_crop", height, width, DataFormat.CHANNELS_LAST);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public CenterCrop name(String name) {
    return new CenterCrop(name, height, width, dataFormat);
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  public CenterCrop dataFormat(DataFormat dataFormat) {
    return new CenterCrop(name, height, width, dataFormat);
  }

  @Override
  public Shape outputShape(Shape input) {
    return enlarging().outputShape(input);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    SpatialLayout layout = new SpatialLayout(name, 2, dataFormat);
    Shape image = layout.channelsLast(input.shape());
    return image.dim(1) >= height && image.dim(2) >= width
        ? layout.append(lowering, AspectRatio.middle(image, height, width), input)
        : enlarging().lower(lowering, input, weights);
  }

  private Resizing enlarging() {
    return Resizing.of(height, width)
        .name(name)
        .dataFormat(dataFormat)
        .aspect(Resizing.Aspect.CROP);
  }
}
