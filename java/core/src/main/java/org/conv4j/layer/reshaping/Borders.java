package org.conv4j.layer.reshaping;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;

/**
 * How much a layer adds to, or cuts from, both ends of each spatial dimension.
 *
 * @param name the layer's name
 * @param begin how many elements at the beginning of each dimension
 * @param end how many elements at the end of each dimension
 * @param dataFormat the position of the channels in input and output
 */
public record Borders(String name, IntTuple begin, IntTuple end, DataFormat dataFormat) {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param begin see {@link #begin}
   * @param end see {@link #end}
   * @param dataFormat see {@link #dataFormat}
   */
  public Borders {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(begin, "begin");
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(dataFormat, "dataFormat");
  }

  /**
   * Returns borders for channels-last tensors, from the ways in which Keras writes them.
   *
   * @param name the layer's name
   * @param rank the number of spatial dimensions
   * @param widths one number for all ends; or, for several dimensions, one for both ends of each;
   *     or a begin and an end for each
   * @return the borders
   * @throws InvalidLayerException if there is another number of widths
   */
  public static Borders of(String name, int rank, int... widths) {
    IntTuple begin;
    IntTuple end;
    if (widths.length == 2 * rank) {
      begin = IntTuple.generate(rank, i -> widths[2 * i]);
      end = IntTuple.generate(rank, i -> widths[2 * i + 1]);
    } else if (widths.length == 1 || widths.length == rank) {
      begin = IntTuple.generate(rank, i -> widths[widths.length == 1 ? 0 : i]);
      end = begin;
    } else {
      String expected = "1, %d or %d numbers".formatted(rank, 2 * rank);
      throw Arguments.invalid(name, "the borders", expected, IntTuple.of(widths));
    }
    return new Borders(name, begin, end, DataFormat.CHANNELS_LAST);
  }

  /** Checks the borders for a number of dimensions. */
  Borders resolve(String argument, int rank) {
    Arguments.broadcast(name, argument, rank, 0, begin);
    Arguments.broadcast(name, argument, rank, 0, end);
    if (begin.size() != rank || end.size() != rank) {
      throw Arguments.invalid(name, argument, "a begin and an end for each dimension", this);
    }
    return this;
  }

  SpatialLayout layout() {
    return new SpatialLayout(name, begin.size(), dataFormat);
  }

  Borders withName(String value) {
    return new Borders(value, begin, end, dataFormat);
  }

  Borders withDataFormat(DataFormat value) {
    return new Borders(name, begin, end, value);
  }

  /** A tuple for all axes of a channels-last tensor: nothing for the batch and the channels. */
  static IntTuple allAxes(IntTuple spatial) {
    int[] all = new int[spatial.size() + 2];
    for (int i = 0; i < spatial.size(); i++) {
      all[i + 1] = spatial.get(i);
    }
    return IntTuple.of(all);
  }

  /** Returns the widths as Keras prints them, for example {@code ((1, 1), (0, 2))}. */
  @Override
  public String toString() {
    return IntStream.range(0, begin.size())
        .mapToObj(i -> "(" + begin.get(i) + ", " + end.get(i) + ")")
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
