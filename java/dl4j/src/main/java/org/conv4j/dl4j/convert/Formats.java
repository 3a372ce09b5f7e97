package org.conv4j.dl4j.convert;

import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution3D;

/** Where the channels are. */
final class Formats {
  private Formats() {}

  static DataFormat of(CNN2DFormat format) {
    return format == CNN2DFormat.NHWC ? DataFormat.CHANNELS_LAST : DataFormat.CHANNELS_FIRST;
  }

  static DataFormat of(RNNFormat format) {
    return format == RNNFormat.NWC ? DataFormat.CHANNELS_LAST : DataFormat.CHANNELS_FIRST;
  }

  static DataFormat of(Convolution3D.DataFormat format) {
    return format == Convolution3D.DataFormat.NDHWC
        ? DataFormat.CHANNELS_LAST
        : DataFormat.CHANNELS_FIRST;
  }

  /** The first numbers of an array, one for each dimension. */
  static IntTuple tuple(int rank, int[] numbers) {
    return IntTuple.generate(rank, i -> numbers[i]);
  }
}
