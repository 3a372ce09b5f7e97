package org.conv4j.dl4j.convert;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.conv4j.dl4j.layer.ByShape;
import org.conv4j.dl4j.layer.Chain;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Layer;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.reshaping.Flatten;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.reshaping.Reshape;
import org.conv4j.operation.reshaping.Transpose;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/**
 * What stands between layers that take inputs of different ranks. Sequences that become rows of a
 * matrix, and the other way round, do so step by step: all examples' first steps come first.
 */
final class Preprocessors {
  private Preprocessors() {}

  static SymbolicTensor apply(
      Draft draft, String name, InputPreProcessor preprocessor, SymbolicTensor in) {
    Class<?> type = preprocessor.getClass();
    if (type == ComposableInputPreProcessor.class) {
      SymbolicTensor value = in;
      int number = 0;
      for (InputPreProcessor part :
          ((ComposableInputPreProcessor) preprocessor).getInputPreProcessors()) {
        value = apply(draft, name + "." + number++, part, value);
      }
      return value;
    }
    if (type == FeedForwardToRnnPreProcessor.class) {
      RNNFormat format = ((FeedForwardToRnnPreProcessor) preprocessor).getRnnDataFormat();
      return sequences(draft, name, format, in);
    }
    if (type == CnnToRnnPreProcessor.class) {
      CnnToRnnPreProcessor images = (CnnToRnnPreProcessor) preprocessor;
      long[] image = {images.getNumChannels(), images.getInputHeight(), images.getInputWidth()};
      SymbolicTensor rows = draft.apply(flatten(name + ".flatten", image, false), in);
      return sequences(draft, name, images.getRnnDataFormat(), rows);
    }
    return draft.apply(layer(name, preprocessor), in);
  }

  private static Layer layer(String name, InputPreProcessor preprocessor) {
    Class<?> type = preprocessor.getClass();
    if (type == RnnToFeedForwardPreProcessor.class) {
      RNNFormat format = ((RnnToFeedForwardPreProcessor) preprocessor).getRnnDataFormat();
      return ByShape.of(
          name, input -> input.rank() == 2 ? Identity.of() : rows(name, format, input));
    }
    if (type == RnnToCnnPreProcessor.class) {
      RnnToCnnPreProcessor to = (RnnToCnnPreProcessor) preprocessor;
      Layer images = example(name, to.getNumChannels(), to.getInputHeight(), to.getInputWidth());
      return ByShape.of(
          name, input -> Chain.of(name, rows(name, to.getRnnDataFormat(), input), images));
    }
    if (type == FeedForwardToCnnPreProcessor.class) {
      FeedForwardToCnnPreProcessor to = (FeedForwardToCnnPreProcessor) preprocessor;
      Layer images = example(name, to.getNumChannels(), to.getInputHeight(), to.getInputWidth());
      return ByShape.of(name, input -> input.rank() == 4 ? Identity.of() : images);
    }
    if (type == FeedForwardToCnn3DPreProcessor.class) {
      Layer volumes = volume(name, (FeedForwardToCnn3DPreProcessor) preprocessor);
      return ByShape.of(name, input -> input.rank() == 5 ? Identity.of() : volumes);
    }
    long[] flattened = flattened(preprocessor);
    if (flattened == null) {
      throw new Unsupported("the preprocessor " + type.getSimpleName() + " is not known");
    }
    return flatten(name, flattened, false);
  }

  /**
   * Returns what a preprocessor flattens: the extents of an example as it sees them, null if it
   * does something else.
   */
  private static long[] flattened(InputPreProcessor preprocessor) {
    if (preprocessor.getClass() == CnnToFeedForwardPreProcessor.class) {
      CnnToFeedForwardPreProcessor from = (CnnToFeedForwardPreProcessor) preprocessor;
      long channels = from.getNumChannels();
      long height = from.getInputHeight();
      long width = from.getInputWidth();
      return from.getFormat() == CNN2DFormat.NHWC
          ? new long[] {height, width, channels}
          : new long[] {channels, height, width};
    }
    if (preprocessor.getClass() == Cnn3DToFeedForwardPreProcessor.class) {
      Cnn3DToFeedForwardPreProcessor from = (Cnn3DToFeedForwardPreProcessor) preprocessor;
      long channels = from.getNumChannels();
      long depth = from.getInputDepth();
      long height = from.getInputHeight();
      long width = from.getInputWidth();
      return from.isNCDHW()
          ? new long[] {channels, depth, height, width}
          : new long[] {depth, height, width, channels};
    }
    return null;
  }

  /**
   * Returns the extents of an example that a preprocessor flattens with the channels first, null if
   * it does something else. conv4j has them last in memory, and nothing is copied if the rows of
   * the dense layer behind are reordered instead.
   */
  static long[] channelsFirst(InputPreProcessor preprocessor) {
    long[] extents = flattened(preprocessor);
    boolean first =
        preprocessor instanceof CnnToFeedForwardPreProcessor images
            ? images.getFormat() != CNN2DFormat.NHWC
            : preprocessor instanceof Cnn3DToFeedForwardPreProcessor volumes && volumes.isNCDHW();
    return first && LongStream.of(extents).allMatch(extent -> extent > 0) ? extents : null;
  }

  /** Flattens examples, leaving flat ones as they are. */
  static Layer flatten(String name, long[] example, boolean channelsLast) {
    return ByShape.of(
        name,
        input -> {
          Layer flatten =
              new Flatten(
                  name, channelsLast ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST);
          if (input.rank() != 2) {
            check(name, example, input);
            return flatten;
          }
          return channelsLast ? Chain.of(name, example(name, example), flatten) : Identity.of();
        });
  }

  /** A preprocessor that was made without extents takes any; there are none of 0 otherwise. */
  private static void check(String name, long[] example, Shape input) {
    boolean fits = input.rank() == example.length + 1;
    for (int i = 0; fits && i < example.length; i++) {
      fits = example[i] == 0 || input.extent(i + 1) == example[i];
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "Preprocessor '%s' flattens examples of the shape %s; given %s."
              .formatted(name, Arrays.toString(example), input));
    }
  }

  private static Layer volume(String name, FeedForwardToCnn3DPreProcessor to) {
    long channels = to.getNumChannels();
    long depth = to.getInputDepth();
    long height = to.getInputHeight();
    long width = to.getInputWidth();
    return to.isNCDHW()
        ? example(name, channels, depth, height, width)
        : example(name, depth, height, width, channels);
  }

  private static Layer example(String name, long... extents) {
    Long[] dims = new Long[extents.length + 1];
    dims[0] = -1L;
    for (int i = 0; i < extents.length; i++) {
      dims[i + 1] = extents[i];
    }
    return new Reshape(name, List.of(dims));
  }

  private static Layer rows(String name, RNNFormat format, Shape input) {
    Arguments.rank(name, 3, input);
    boolean last = format == RNNFormat.NWC;
    return Chain.of(
        name,
        new Transpose(name, last ? IntTuple.of(1, 0, 2) : IntTuple.of(2, 0, 1)),
        new Reshape(name, List.of(-1L, input.dim(last ? 2 : 1))));
  }

  /** The number of sequences is the batch of the network. */
  private static SymbolicTensor sequences(
      Draft draft, String name, RNNFormat format, SymbolicTensor rows) {
    Layer layer =
        new ByShape(
            name,
            shapes -> {
              Shape input = Arguments.rank(name, 2, shapes.get(0));
              return Chain.of(
                  name,
                  new Reshape(name, List.of(-1L, shapes.get(1).dim(0), input.dim(1))),
                  new Transpose(
                      name, format == RNNFormat.NWC ? IntTuple.of(1, 0, 2) : IntTuple.of(1, 2, 0)));
            });
    return draft.apply(layer, rows, draft.firstInput());
  }
}
