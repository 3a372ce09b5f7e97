package org.conv4j.operation.reshaping;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Slice;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * {@code x[...]} with numbers and slices.
 *
 * @param name the layer's name
 * @param indices what stands in the brackets; axes behind the last one are taken whole
 */
public record GetItem(String name, List<Index> indices) implements Operation {
  /**
   * Copies the list.
   *
   * @param name see {@link #name}
   * @param indices see {@link #indices}
   */
  public GetItem {
    Objects.requireNonNull(name, "name");
    indices = List.copyOf(indices);
    if (indices.stream().filter(Index.ELLIPSIS::equals).count() > 1) {
      throw new InvalidLayerException("Layer '" + name + "': there can be only one ellipsis.");
    }
    for (Index index : indices) {
      if (index instanceof Index.Range range && range.step() != null && range.step() == 0) {
        throw new InvalidLayerException("Layer '" + name + "': a slice's step must not be 0.");
      }
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    List<Long> seen = new ArrayList<>();
    int axis = 0;
    for (Index index : expand(input.rank())) {
      if (index instanceof Index.NewAxis) {
        seen.add(1L);
        continue;
      }
      if (index instanceof Index.Range range) {
        boolean known = Extents.isKnown(input.extent(axis));
        seen.add(known ? count(range, input, axis) : Shape.UNKNOWN);
      } else if (Extents.isKnown(input.extent(axis))) {
        position((Index.At) index, input.intDim(axis));
      }
      axis++;
    }
    return Shape.open(seen.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = lowering.asSeen(name, inputs.get(0));
    Slice slice = slice(in.shape());
    Value result =
        slice.output().equals(in.shape()) && slice.begin().all(0)
            ? in
            : lowering.append(name, slice, in, List.of(), DataFormat.CHANNELS_LAST);
    return lowering.reshape(name, result, resultShape(List.of(in.shape())));
  }

  /** What is copied; its result has an extent of 1 where there is a single element. */
  private Slice slice(Shape input) {
    int rank = input.rank();
    int[] begin = new int[rank];
    int[] steps = new int[rank];
    long[] counts = new long[rank];
    int axis = 0;
    for (Index index : expand(rank)) {
      if (index instanceof Index.NewAxis) {
        continue;
      }
      int extent = input.intDim(axis);
      if (index instanceof Index.At at) {
        begin[axis] = position(at, extent);
        steps[axis] = 1;
        counts[axis] = 1;
      } else {
        Index.Range range = (Index.Range) index;
        steps[axis] = step(range);
        begin[axis] = start(range, steps[axis], extent);
        counts[axis] = count(range, input, axis);
      }
      axis++;
    }
    return new Slice(input, IntTuple.of(begin), IntTuple.of(steps), Shape.of(counts));
  }

  private long count(Index.Range range, Shape input, int axis) {
    int extent = input.intDim(axis);
    int step = step(range);
    long count = count(start(range, step, extent), stop(range, step, extent), step);
    if (count == 0) {
      throw new ShapeMismatchException(
          "Layer '%s': slice %s takes nothing from axis %d of %s."
              .formatted(name, range, axis, input));
    }
    return count;
  }

  private static int step(Index.Range range) {
    return range.step() == null ? 1 : range.step();
  }

  /** Writes the ellipsis, or what is missing at the end, out. */
  private List<Index> expand(int rank) {
    long given = indices.stream().filter(index -> consumes(index)).count();
    if (given > rank) {
      throw new ShapeMismatchException(
          "Layer '%s' has indices for %d axes; given %d.".formatted(name, given, rank));
    }
    List<Index> all = new ArrayList<>();
    boolean expanded = false;
    for (Index index : indices) {
      if (index instanceof Index.Ellipsis) {
        addWhole(all, rank - given);
        expanded = true;
      } else {
        all.add(index);
      }
    }
    addWhole(all, expanded ? 0 : rank - given);
    return all;
  }

  private static boolean consumes(Index index) {
    return index instanceof Index.Range || index instanceof Index.At;
  }

  private static void addWhole(List<Index> all, long axes) {
    for (long i = 0; i < axes; i++) {
      all.add(new Index.Range(null, null, null));
    }
  }

  private int position(Index.At at, int extent) {
    int given = at.position();
    if (given < -extent || given >= extent) {
      throw new ShapeMismatchException(
          "Layer '%s': there is no element %d on an axis of %d.".formatted(name, given, extent));
    }
    return Math.floorMod(given, extent);
  }

  private static int start(Index.Range range, int step, int extent) {
    if (range.start() == null) {
      return step > 0 ? 0 : extent - 1;
    }
    return clip(range.start(), step, extent);
  }

  private static int stop(Index.Range range, int step, int extent) {
    if (range.stop() == null) {
      return step > 0 ? extent : -1;
    }
    return clip(range.stop(), step, extent);
  }

  /** What Python's {@code slice.indices} does. */
  private static int clip(int given, int step, int extent) {
    int position = given < 0 ? given + extent : given;
    int lowest = step > 0 ? 0 : -1;
    int highest = step > 0 ? extent : extent - 1;
    return Math.max(lowest, Math.min(highest, position));
  }

  private static long count(int start, int stop, int step) {
    long distance = step > 0 ? (long) stop - start : (long) start - stop;
    long stride = Math.abs((long) step);
    return distance <= 0 ? 0 : (distance + stride - 1) / stride;
  }
}
