package org.conv4j.portable.convolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;

/** A convolution as tiles of pixels: all passes over the output and what they share. */
final class PixelTiles implements Tiles {
  final Geometry geometry;
  final DataType dataType;
  final double[] bias;
  final Elementwise activation;

  /** Whether a second input is added before the activation. */
  final boolean residual;

  /** Numbers that an array holds. */
  private static final double MOST_PLANES = Integer.MAX_VALUE - 8;

  /** To read or to multiply as many takes a second or two, whatever they are good for. */
  private static final double CHEAP = 4e9;

  /** What reading, or multiplying padding, may take for each product that counts. */
  private static final double WORTH = 16;

  final List<PixelPass> passes = new ArrayList<>();

  /** How many tiles each pass and those before it have. */
  private final int[] ends;

  PixelTiles(
      Geometry geometry,
      DataType dataType,
      KernelValues kernel,
      Elementwise activation,
      boolean residual,
      int threads) {
    this.residual = residual;
    this.geometry = geometry;
    this.dataType = dataType;
    this.bias = kernel.bias();
    this.activation = activation;
    List<Sampling> depths = geometry.samplings(Geometry.DEPTH);
    List<Sampling> heights = geometry.samplings(Geometry.HEIGHT);
    TileSize size = TileSize.of(geometry.filters(), images(), threads);
    for (Sampling depth : depths) {
      for (Sampling height : heights) {
        passes.add(new PixelPass(geometry, dataType, kernel, depth, height, size, threads));
      }
    }
    ends = new int[passes.size()];
    int tiles = 0;
    for (int i = 0; i < ends.length; i++) {
      tiles += passes.get(i).tiles();
      ends[i] = tiles;
    }
    requireWorth();
  }

  /** The pass that a tile belongs to, by search: long strides have many passes. */
  int passOf(int tile) {
    int found = Arrays.binarySearch(ends, tile);
    int pass = found < 0 ? -found - 1 : found + 1;
    while (ends[pass] <= tile) {
      // This one has no tiles.
      pass++;
    }
    return pass;
  }

  /** Where a tile is in its pass. */
  int tileInPass(int tile, int pass) {
    return pass == 0 ? tile : tile - ends[pass - 1];
  }

  /**
   * Taps that are far from each other make every tile read all that lies between them; of many taps
   * on few inputs, hardly any reads more than padding.
   */
  private void requireWorth() {
    double read = 0;
    double multiplied = 0;
    double largest = 0;
    for (PixelPass pass : passes) {
      read += pass.inputsLoaded();
      multiplied += pass.products();
      largest = Math.max(largest, pass.tilePlanes());
    }
    // A tap that meets an input makes one output.
    double places = Math.min(product(geometry.inputs()), product(geometry.outputs()));
    double products =
        places
            * product(geometry.kernel())
            * geometry.batch()
            * geometry.filters()
            * geometry.channelsPerGroup();
    if (largest > MOST_PLANES || Math.max(read, multiplied) > CHEAP + WORTH * products) {
      throw new UnsupportedByEngineException(
          "The engine 'java' would read %.0f numbers and multiply %.0f for at most %.0f products that count, because the kernel's taps are far from each other, or far more than the inputs."
              .formatted(read, multiplied, products));
    }
  }

  private static double product(int[] extents) {
    double product = 1;
    for (int extent : extents) {
      product *= extent;
    }
    return product;
  }

  private long images() {
    return (long) geometry.batch()
        * geometry.outputs()[Geometry.DEPTH]
        * geometry.samplings(Geometry.HEIGHT).size();
  }

  @Override
  public int count() {
    return ends[ends.length - 1];
  }

  @Override
  public Worker newWorker() {
    return new PixelWorker(this);
  }
}
