package org.conv4j.layer.preprocessing;

import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Interpolation;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Resize;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Resizing: images sampled at another resolution.
 *
 * @param name the layer's name
 * @param height the output's height
 * @param width the output's width
 * @param interpolation how values between pixels are found
 * @param coordinates where outputs lie among the inputs; half-pixel centres in Keras
 * @param aspect what becomes of images of another ratio of height to width
 * @param fillValue what surrounds padded images
 * @param dataFormat the position of the channels in input and output
 */
public record Resizing(
    String name,
    int height,
    int width,
    Interpolation interpolation,
    ResizeCoordinates coordinates,
    Aspect aspect,
    double fillValue,
    DataFormat dataFormat)
    implements WeightlessLayer {

  /** What becomes of images of another ratio of height to width. */
  public enum Aspect {
    /** They are distorted, Keras's default. */
    STRETCH,
    /** Their ends are cut: {@code crop_to_aspect_ratio}. */
    CROP,
    /** They are surrounded by the fill value: {@code pad_to_aspect_ratio}. */
    PAD
  }

  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param height see {@link #height}
   * @param width see {@link #width}
   * @param interpolation see {@link #interpolation}
   * @param coordinates see {@link #coordinates}
   * @param aspect see {@link #aspect}
   * @param fillValue see {@link #fillValue}
   * @param dataFormat see {@link #dataFormat}
   */
  public Resizing {
    Objects.requireNonNull(name, "name");
    Arguments.positive(name, "height", height);
    Arguments.positive(name, "width", width);
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(coordinates, "coordinates");
    Objects.requireNonNull(aspect, "aspect");
    Arguments.finite(name, "fill_value", fillValue);
    Objects.requireNonNull(dataFormat, "dataFormat");
  }

  /**
   * Returns a layer with Keras's defaults: bilinear, images are stretched, channels last.
   *
   * @param height the output's height
   * @param width the output's width
   * @return the layer
   * @throws InvalidLayerException if an extent is below 1
   */
  public static Resizing of(int height, int width) {
    return new Resizing(
        "resizing",
        height,
        width,
        Interpolation.BILINEAR,
        ResizeCoordinates.HALF_PIXEL,
        Aspect.STRETCH,
        0,
        DataFormat.CHANNELS_LAST);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Resizing name(String name) {
    return new Resizing(
        name, height, width, interpolation, coordinates, aspect, fillValue, dataFormat);
  }

  /**
   * Sets how values between pixels are found.
   *
   * @param interpolation the interpolation
   * @return a changed copy
   */
  public Resizing interpolation(Interpolation interpolation) {
    return new Resizing(
        name, height, width, interpolation, coordinates, aspect, fillValue, dataFormat);
  }

  /**
   * Sets where outputs lie among the inputs.
   *
   * @param coordinates half-pixel centres are Keras's, the others TensorFlow.js's
   * @return a changed copy
   */
  public Resizing coordinates(ResizeCoordinates coordinates) {
    return new Resizing(
        name, height, width, interpolation, coordinates, aspect, fillValue, dataFormat);
  }

  /**
   * Sets what becomes of images of another ratio.
   *
   * @param aspect stretch, crop or pad
   * @return a changed copy
   */
  public Resizing aspect(Aspect aspect) {
    return new Resizing(
        name, height, width, interpolation, coordinates, aspect, fillValue, dataFormat);
  }

  /**
   * Sets what surrounds padded images.
   *
   * @param fillValue a finite number
   * @return a changed copy
   */
  public Resizing fillValue(double fillValue) {
    return new Resizing(
        name, height, width, interpolation, coordinates, aspect, fillValue, dataFormat);
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  public Resizing dataFormat(DataFormat dataFormat) {
    return new Resizing(
        name, height, width, interpolation, coordinates, aspect, fillValue, dataFormat);
  }

  @Override
  public Shape outputShape(Shape input) {
    SpatialLayout layout = new SpatialLayout(name, 2, dataFormat);
    return layout.seen(resized(layout.channelsLast(input)));
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    SpatialLayout layout = new SpatialLayout(name, 2, dataFormat);
    Shape image = layout.channelsLast(input.shape());
    Value in =
        switch (aspect) {
          case STRETCH -> input;
          case CROP -> layout.append(lowering, AspectRatio.crop(image, height, width), input);
          case PAD ->
              layout.append(lowering, AspectRatio.pad(image, height, width, fillValue), input);
        };
    Resize op =
        new Resize(
            layout.channelsLast(in.shape()), resized(image), interpolation.method(), coordinates);
    return layout.append(lowering, op, in);
  }

  private Shape resized(Shape image) {
    return Shape.open(image.extent(0), height, width, image.extent(3));
  }
}
