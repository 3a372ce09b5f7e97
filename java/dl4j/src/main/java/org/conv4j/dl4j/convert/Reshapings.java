package org.conv4j.dl4j.convert;

import java.util.List;
import org.conv4j.dl4j.layer.ByShape;
import org.conv4j.dl4j.layer.Chain;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Layer;
import org.conv4j.layer.reshaping.Borders;
import org.conv4j.layer.reshaping.UpSampling2D;
import org.conv4j.layer.reshaping.UpSampling3D;
import org.conv4j.layer.reshaping.ZeroPadding1D;
import org.conv4j.layer.reshaping.ZeroPadding2D;
import org.conv4j.layer.reshaping.ZeroPadding3D;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.reshaping.Pad;
import org.conv4j.operation.reshaping.Repeat;
import org.conv4j.operation.reshaping.Reshape;
import org.conv4j.operation.reshaping.SpaceToDepth;
import org.conv4j.operation.reshaping.Transpose;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;

/**
 * Layers that move or repeat elements. Those of one dimension, and padding and cropping in three,
 * are channels-first whatever their configuration says.
 */
final class Reshapings {
  private static final DataFormat FIRST = DataFormat.CHANNELS_FIRST;

  private Reshapings() {}

  static SymbolicTensor padding1D(
      Draft draft, String name, ZeroPadding1DLayer layer, Parameters none, SymbolicTensor in) {
    return draft.apply(new ZeroPadding1D(borders(name, 1, layer.getPadding(), FIRST)), in);
  }

  static SymbolicTensor padding2D(
      Draft draft, String name, ZeroPaddingLayer layer, Parameters none, SymbolicTensor in) {
    Borders borders = borders(name, 2, layer.getPadding(), Formats.of(layer.getDataFormat()));
    return draft.apply(new ZeroPadding2D(borders), in);
  }

  static SymbolicTensor padding3D(
      Draft draft, String name, ZeroPadding3DLayer layer, Parameters none, SymbolicTensor in) {
    return draft.apply(new ZeroPadding3D(borders(name, 3, layer.getPadding(), FIRST)), in);
  }

  static SymbolicTensor cropping1D(
      Draft draft, String name, Cropping1D layer, Parameters none, SymbolicTensor in) {
    Borders borders = borders(name, 1, layer.getCropping(), FIRST);
    return draft.apply(new org.conv4j.layer.reshaping.Cropping1D(borders), in);
  }

  static SymbolicTensor cropping2D(
      Draft draft, String name, Cropping2D layer, Parameters none, SymbolicTensor in) {
    Borders borders = borders(name, 2, layer.getCropping(), Formats.of(layer.getDataFormat()));
    return draft.apply(new org.conv4j.layer.reshaping.Cropping2D(borders), in);
  }

  static SymbolicTensor cropping3D(
      Draft draft, String name, Cropping3D layer, Parameters none, SymbolicTensor in) {
    Borders borders = borders(name, 3, layer.getCropping(), FIRST);
    return draft.apply(new org.conv4j.layer.reshaping.Cropping3D(borders), in);
  }

  /** Given as begin and end of one dimension after the other. */
  private static Borders borders(String name, int rank, int[] widths, DataFormat format) {
    return new Borders(
        name,
        IntTuple.generate(rank, i -> widths[2 * i]),
        IntTuple.generate(rank, i -> widths[2 * i + 1]),
        format);
  }

  static SymbolicTensor upsampling1D(
      Draft draft, String name, Upsampling1D layer, Parameters none, SymbolicTensor in) {
    Layer repeat = new Repeat(name, layer.getSize()[0], 2, false);
    return draft.apply(ByShape.of(name, input -> ofRank(name, 3, input, repeat)), in);
  }

  static SymbolicTensor upsampling2D(
      Draft draft, String name, Upsampling2D layer, Parameters none, SymbolicTensor in) {
    UpSampling2D upsampling = UpSampling2D.of(Formats.tuple(2, layer.getSize()).toArray());
    return draft.apply(upsampling.name(name).dataFormat(Formats.of(layer.getFormat())), in);
  }

  static SymbolicTensor upsampling3D(
      Draft draft, String name, Upsampling3D layer, Parameters none, SymbolicTensor in) {
    UpSampling3D upsampling = UpSampling3D.of(Formats.tuple(3, layer.getSize()).toArray());
    return draft.apply(upsampling.name(name).dataFormat(Formats.of(layer.getDataFormat())), in);
  }

  static SymbolicTensor spaceToDepth(
      Draft draft, String name, SpaceToDepthLayer layer, Parameters none, SymbolicTensor in) {
    DataFormat format = Formats.of(layer.getDataFormat());
    return draft.apply(new SpaceToDepth(name, layer.getBlockSize(), format), in);
  }

  static SymbolicTensor spaceToBatch(
      Draft draft, String name, SpaceToBatchLayer layer, Parameters none, SymbolicTensor in) {
    DataFormat format = Formats.of(layer.getFormat());
    int[] blocks = layer.getBlocks();
    int[][] padding = layer.getPadding();
    return draft.apply(
        ByShape.of(name, input -> spaceToBatch(name, format, blocks, padding, input)), in);
  }

  /** The pixels at the same place of all blocks make one image; places come before examples. */
  private static Layer spaceToBatch(
      String name, DataFormat format, int[] blocks, int[][] padding, Shape input) {
    Shape last = Arguments.rank(name, 4, input).permute(format.axesToChannelsLast(4));
    long height = last.dim(1) + padding[0][0] + padding[0][1];
    long width = last.dim(2) + padding[1][0] + padding[1][1];
    if (height % blocks[0] != 0 || width % blocks[1] != 0) {
      throw Arguments.invalid(
          name, "blocks", "divisors of the padded " + input, IntTuple.of(blocks));
    }
    long rows = height / blocks[0];
    long columns = width / blocks[1];
    long channels = last.dim(3);
    IntTuple begin = IntTuple.of(0, padding[0][0], padding[1][0], 0);
    IntTuple end = IntTuple.of(0, padding[0][1], padding[1][1], 0);
    return Chain.of(
        name,
        new Transpose(name, format.axesToChannelsLast(4)),
        new Pad(name, begin, end, 0),
        new Reshape(
            name, List.of(-1L, rows, (long) blocks[0], columns, (long) blocks[1], channels)),
        new Transpose(name, IntTuple.of(2, 4, 0, 1, 3, 5)),
        new Reshape(name, List.of(-1L, rows, columns, channels)),
        new Transpose(name, format.axesFromChannelsLast(4)));
  }

  static SymbolicTensor repeatVector(
      Draft draft, String name, RepeatVector layer, Parameters none, SymbolicTensor in) {
    boolean first = layer.getDataFormat() == RNNFormat.NCW;
    Layer repeat =
        Chain.of(
            name,
            new org.conv4j.layer.reshaping.RepeatVector(name, layer.getN()),
            new Transpose(name, first ? IntTuple.of(0, 2, 1) : IntTuple.of(0, 1, 2)));
    return draft.apply(repeat, in);
  }

  private static Layer ofRank(String name, int rank, Shape input, Layer layer) {
    Arguments.rank(name, rank, input);
    return layer;
  }
}
