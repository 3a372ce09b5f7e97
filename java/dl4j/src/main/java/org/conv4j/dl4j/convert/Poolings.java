package org.conv4j.dl4j.convert;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.dl4j.layer.ByShape;
import org.conv4j.dl4j.layer.Chain;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.Layer;
import org.conv4j.layer.pooling.NormPooling;
import org.conv4j.layer.pooling.PaddedPooling;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.Reduce;
import org.conv4j.operation.reshaping.Reshape;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Pooling over windows, which Deeplearning4j calls subsampling, and over everything. */
final class Poolings {
  private Poolings() {}

  static SymbolicTensor subsampling1D(
      Draft draft, String name, Subsampling1DLayer layer, Parameters none, SymbolicTensor in) {
    return subsampling(draft, name, layer, 1, in);
  }

  static SymbolicTensor subsampling2D(
      Draft draft, String name, SubsamplingLayer layer, Parameters none, SymbolicTensor in) {
    return subsampling(draft, name, layer, 2, in);
  }

  /** In three dimensions, Deeplearning4j computes the average for all types but the maximum. */
  static SymbolicTensor subsampling3D(
      Draft draft, String name, Subsampling3DLayer layer, Parameters none, SymbolicTensor in) {
    requireNoDilation(layer.getDilation(), "over three dimensions");
    PaddedPooling.Function function =
        layer.getPoolingType() == PoolingType.MAX
            ? PaddedPooling.Function.MAX
            : PaddedPooling.Function.AVERAGE;
    Frame frame =
        new Frame(
            name,
            Formats.tuple(3, layer.getKernelSize()),
            Formats.tuple(3, layer.getStride()),
            Formats.tuple(3, layer.getDilation()),
            Formats.tuple(3, layer.getPadding()),
            layer.getConvolutionMode(),
            Formats.of(layer.getDataFormat()));
    return draft.apply(frame.pooling(function), in);
  }

  private static SymbolicTensor subsampling(
      Draft draft, String name, SubsamplingLayer layer, int rank, SymbolicTensor in) {
    boolean plain = layer.getPoolingType() == PoolingType.PNORM;
    if (!plain && draft.dataType() == DataType.FLOAT32) {
      requireNoDilation(
          layer.getDilation(), "with floats, where Deeplearning4j's answer depends on its natives");
    }
    Frame frame =
        new Frame(
            name,
            Formats.tuple(rank, layer.getKernelSize()),
            Formats.tuple(rank, layer.getStride()),
            Formats.tuple(rank, layer.getDilation()),
            Formats.tuple(rank, layer.getPadding()),
            layer.getConvolutionMode(),
            Formats.of(layer.getCnn2dDataFormat()));
    return switch (layer.getPoolingType()) {
      case MAX -> draft.apply(frame.pooling(PaddedPooling.Function.MAX), in);
      case AVG -> draft.apply(frame.pooling(average(layer)), in);
      case SUM -> draft.apply(frame.pooling(PaddedPooling.Function.SUM), in);
      case PNORM -> draft.apply(frame.norm(layer.getPnorm()), in);
    };
  }

  private static PaddedPooling.Function average(SubsamplingLayer layer) {
    return layer.isAvgPoolIncludePadInDivisor()
        ? PaddedPooling.Function.AVERAGE_WITH_PADDING
        : PaddedPooling.Function.AVERAGE;
  }

  private static void requireNoDilation(int[] dilation, String where) {
    if (!IntTuple.of(dilation).all(1)) {
      throw new Unsupported("pooling with a dilation is not known " + where);
    }
  }

  static SymbolicTensor global(
      Draft draft, String name, GlobalPoolingLayer layer, Parameters none, SymbolicTensor in) {
    return switch (layer.getPoolingType()) {
      case MAX -> draft.apply(global(name, layer, ReductionKind.MAX), in);
      case AVG -> draft.apply(global(name, layer, ReductionKind.MEAN), in);
      case SUM -> draft.apply(global(name, layer, ReductionKind.SUM), in);
      case PNORM -> globalNorm(draft, name, layer, in);
    };
  }

  private static SymbolicTensor globalNorm(
      Draft draft, String name, GlobalPoolingLayer layer, SymbolicTensor in) {
    int power = layer.getPnorm();
    SymbolicTensor sizes =
        Activations.elementwise(draft, name + ".abs", ElementwiseFunction.ABSOLUTE, in);
    SymbolicTensor powers = Activations.power(draft, name + ".power", sizes, power);
    SymbolicTensor sum = draft.apply(global(name, layer, ReductionKind.SUM), powers);
    return Activations.power(draft, name + ".root", sum, 1.0 / power);
  }

  /** Without axes of its own, it takes those behind the first two. */
  private static Layer global(String name, GlobalPoolingLayer layer, ReductionKind kind) {
    int[] given = layer.getPoolingDimensions();
    boolean collapse = layer.isCollapseDimensions();
    return ByShape.of(
        name,
        input -> {
          if (input.rank() < 3 || input.rank() > 5) {
            throw new ShapeMismatchException(
                "Layer '%s' needs an input of 3 to 5 dimensions; given %s.".formatted(name, input));
          }
          IntTuple axes =
              given == null ? IntTuple.generate(input.rank() - 2, i -> i + 2) : IntTuple.of(given);
          Layer reduce = new Reduce(name, kind, axes, false);
          return collapse ? reduce : Chain.of(name, reduce, kept(name, input));
        });
  }

  /** The axes that it keeps come after the second one, in whatever format. */
  private static Layer kept(String name, Shape input) {
    Long[] dims = new Long[input.rank()];
    Arrays.fill(dims, 1L);
    dims[0] = -1L;
    dims[1] = input.dim(1);
    return new Reshape(name, List.of(dims));
  }

  /** The movement of a window, as Deeplearning4j describes it. */
  private record Frame(
      String name,
      IntTuple kernel,
      IntTuple strides,
      IntTuple dilation,
      IntTuple padding,
      ConvolutionMode mode,
      DataFormat format) {
    Layer pooling(PaddedPooling.Function function) {
      return ByShape.of(name, input -> layer(input, function, pooling -> pooling));
    }

    Layer norm(int power) {
      return ByShape.of(
          name,
          input ->
              layer(input, PaddedPooling.Function.SUM, pooling -> new NormPooling(pooling, power)));
    }

    private Layer layer(
        Shape input, PaddedPooling.Function function, Function<PaddedPooling, Layer> kind) {
      PaddedPooling pooling =
          PaddedPooling.of(function, kernel.toArray())
              .name(name)
              .strides(strides.toArray())
              .dilation(dilation.toArray())
              .dataFormat(format);
      if (mode != ConvolutionMode.Same) {
        return kind.apply(pooling.padding(padding, padding));
      }
      SamePadding same = SamePadding.of(name, kernel, strides, dilation, format, input);
      Layer padded = kind.apply(pooling.padding(same.begin(), same.end()));
      return same.skips() ? Chain.of(name, same.skip(name, format), padded) : padded;
    }
  }
}
