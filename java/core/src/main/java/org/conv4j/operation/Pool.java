package org.conv4j.operation;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.PoolingKind;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.pooling.AveragePooling1D;
import org.conv4j.layer.pooling.AveragePooling2D;
import org.conv4j.layer.pooling.AveragePooling3D;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.layer.pooling.MaxPooling2D;
import org.conv4j.layer.pooling.MaxPooling3D;
import org.conv4j.layer.pooling.PoolingOptions;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Pooling over as many dimensions as the input has, batch and channels apart: {@code max_pool} and
 * {@code average_pool}.
 *
 * @param options the window; its name is the layer's
 * @param kind what becomes of a window
 */
public record Pool(PoolingOptions options, PoolingKind kind) implements Operation {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   * @param kind see {@link #kind}
   */
  public Pool {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(kind, "kind");
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return layer(inputs.get(0).rank()).outputShape(inputs.get(0));
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    return layer(inputs.get(0).shape().rank()).lower(lowering, inputs.get(0), Weights.none());
  }

  private SingleInputLayer layer(int rank) {
    boolean max = kind == PoolingKind.MAX;
    return switch (rank) {
      case 3 -> max ? new MaxPooling1D(options) : new AveragePooling1D(options);
      case 4 -> max ? new MaxPooling2D(options) : new AveragePooling2D(options);
      case 5 -> max ? new MaxPooling3D(options) : new AveragePooling3D(options);
      default ->
          throw new ShapeMismatchException(
              "Layer '%s' needs an input of 3 to 5 dimensions; given %d.".formatted(name(), rank));
    };
  }
}
