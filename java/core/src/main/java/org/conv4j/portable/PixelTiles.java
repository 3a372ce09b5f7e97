package org.conv4j.portable;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.tensor.DataType;

/** A convolution as tiles of pixels: all passes over the output and what they share. */
final class PixelTiles implements Tiles {
  final Geometry geometry;
  final DataType dataType;
  final double[] bias;
  final Elementwise activation;

  /** Whether a second input is added before the activation. */
  final boolean residual;

  final List<PixelPass> passes = new ArrayList<>();

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
  }

  private long images() {
    return (long) geometry.batch()
        * geometry.outputs()[Geometry.DEPTH]
        * geometry.samplings(Geometry.HEIGHT).size();
  }

  @Override
  public int count() {
    int count = 0;
    for (int i = 0; i < passes.size(); i++) {
      count += passes.get(i).tiles();
    }
    return count;
  }

  @Override
  public Worker newWorker() {
    return new PixelWorker(this);
  }
}
