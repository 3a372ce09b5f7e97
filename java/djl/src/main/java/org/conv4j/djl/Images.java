package org.conv4j.djl;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.conv4j.djl.memory.Axis;
import org.conv4j.djl.memory.Means;
import org.conv4j.djl.memory.Rows;
import org.conv4j.djl.memory.Storage;
import org.conv4j.djl.memory.Types;
import org.conv4j.djl.memory.View;

/** What DJL does with images before a network sees them. */
final class Images {
  private Images() {}

  /**
   * Divides pixels by 255 and puts the channels in front of rows and columns. Only the shape turns;
   * memory keeps the order of the pixels.
   */
  static NDArray toTensor(Conv4jArray image) {
    int rank = image.view().rank();
    if (rank != 3 && rank != 4) {
      throw new IllegalArgumentException(
          "An image must have the shape (height, width, channels), or a batch in front; given "
              + image.getShape()
              + ".");
    }
    try (Conv4jArray scaled = image.map(DataType.FLOAT32, value -> value / 255)) {
      return scaled.viewed(
          rank == 3 ? scaled.view().transposed(2, 0, 1) : scaled.view().transposed(0, 3, 1, 2));
    }
  }

  /** Subtracts a mean and divides by a deviation for each channel, which is in front. */
  static NDArray normalize(Conv4jArray image, float[] mean, float[] std) {
    View view = image.view();
    int axis = view.rank() - 3;
    if (axis < 0 || axis > 1 || mean.length != std.length || view.shape()[axis] != mean.length) {
      throw new IllegalArgumentException(
          "%d means and %d deviations do not fit an image of the shape %s, which has its channels in front of rows and columns."
              .formatted(mean.length, std.length, image.getShape()));
    }
    DataType type = Types.floating(image.getDataType());
    int run = runOfOneChannel(view, axis);
    if (run > 0) {
      Storage normalized = Storage.allocate(type, view.size());
      Rows.normalize(image.storage(), view.offset(), normalized, view.size(), run, mean, std);
      return new Conv4jArray(image.getManager(), normalized, view.moved(0));
    }
    int[] perChannel = {mean.length, 1, 1};
    Conv4jManager scratch = Conv4jManager.system().newSubManager(null);
    try (scratch;
        Conv4jArray difference =
            (Conv4jArray) image.sub(scratch.create(mean, View.of(0, perChannel).toShape()))) {
      return difference.div(scratch.create(std, View.of(0, perChannel).toShape()));
    }
  }

  /** How many elements of a channel follow each other in memory; 0 if there is no such rule. */
  private static int runOfOneChannel(View view, int axis) {
    if (!view.isDense()) {
      return 0;
    }
    int[] shape = view.shape();
    int stride = view.strides()[axis];
    int pixels = shape[axis + 1] * shape[axis + 2];
    boolean last = stride == 1 && view.transposed(channelsLast(view.rank())).isContiguous();
    boolean first = view.isContiguous();
    return first ? pixels : last ? 1 : 0;
  }

  private static int[] channelsLast(int rank) {
    return rank == 3 ? new int[] {1, 2, 0} : new int[] {0, 2, 3, 1};
  }

  /**
   * Resizes as DJL's engine of PyTorch does, with the corners of images, not of pixels, aligned.
   */
  static NDArray resize(Conv4jArray image, int width, int height, int interpolation) {
    Image.Interpolation method = Image.Interpolation.values()[interpolation];
    int rank = image.view().rank();
    if ((rank != 3 && rank != 4) || image.view().size() == 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "An image of the shape %s, which must have rows, columns and channels last, cannot be resized to %d columns and %d rows."
              .formatted(image.getShape(), width, height));
    }
    int[] shape = image.view().shape().clone();
    if (shape[rank - 2] == width && shape[rank - 3] == height) {
      return image.duplicate();
    }
    double[] values =
        switch (method) {
          case NEAREST -> nearest(image.values(), shape, width, height);
          case BILINEAR ->
              bilinear(Rows.floats(image.storage(), image.view()), shape, width, height);
          default ->
              throw new UnsupportedOperationException(
                  "The engine Conv4j resizes images by NEAREST and BILINEAR interpolation; given "
                      + method
                      + ".");
        };
    shape[rank - 2] = width;
    shape[rank - 3] = height;
    return image.made(image.getDataType(), shape, values);
  }

  private static double[] nearest(double[] values, int[] shape, int width, int height) {
    int columns = shape.length - 2;
    double[] wide = Axis.of(shape, columns).change(values, width, line -> nearest(line, width));
    int[] between = shape.clone();
    between[columns] = width;
    return Axis.of(between, columns - 1).change(wide, height, line -> nearest(line, height));
  }

  private static double[] nearest(double[] line, int length) {
    double[] result = new double[length];
    for (int i = 0; i < length; i++) {
      result[i] = line[(int) ((long) i * line.length / length)];
    }
    return result;
  }

  /** In float32, so that pixels are cut to whole numbers as PyTorch cuts them. */
  private static double[] bilinear(float[] floats, int[] shape, int width, int height) {
    int columns = shape.length - 2;
    int[] between = shape.clone();
    between[columns] = width;
    float[] resized = resized(resized(floats, shape, columns, width), between, columns - 1, height);
    double[] result = new double[resized.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = resized[i];
    }
    return result;
  }

  private static float[] resized(float[] values, int[] shape, int axis, int length) {
    return shape[axis] == length
        ? values
        : Means.triangular(shape[axis], length).of(Axis.of(shape, axis), values);
  }
}
