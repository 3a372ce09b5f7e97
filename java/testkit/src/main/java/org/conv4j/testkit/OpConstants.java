package org.conv4j.testkit;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.Prelu;
import org.conv4j.op.Scale;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** The shapes of the constants that ops document. */
final class OpConstants {
  private OpConstants() {}

  static List<Shape> shapes(Op op) {
    List<Shape> shapes = new ArrayList<>();
    long channels = op.input().dim(-1);
    long filters = op.output().dim(-1);
    if (op instanceof Convolution convolution) {
      shapes.add(kernel(convolution.window().kernel(), convolution.channelsPerGroup(), filters));
      addIf(convolution.bias(), shapes, Shape.of(filters));
    } else if (op instanceof Deconvolution deconvolution) {
      shapes.add(kernel(deconvolution.window().kernel(), filters, channels));
      addIf(deconvolution.bias(), shapes, Shape.of(filters));
    } else if (op instanceof InnerProduct product) {
      shapes.add(Shape.of(channels, filters));
      addIf(product.bias(), shapes, Shape.of(filters));
    } else if (op instanceof Normalization normalization) {
      addIf(normalization.scale(), shapes, normalization.parameters());
      addIf(normalization.shift(), shapes, normalization.parameters());
    } else if (op instanceof Prelu prelu) {
      shapes.add(prelu.slopes());
    } else if (op instanceof Scale) {
      shapes.add(Shape.of(channels));
      shapes.add(Shape.of(channels));
    }
    return shapes;
  }

  private static void addIf(boolean present, List<Shape> shapes, Shape shape) {
    if (present) {
      shapes.add(shape);
    }
  }

  private static Shape kernel(IntTuple taps, long rows, long columns) {
    long[] dims = new long[taps.size() + 2];
    for (int i = 0; i < taps.size(); i++) {
      dims[i] = taps.get(i);
    }
    dims[taps.size()] = rows;
    dims[taps.size() + 1] = columns;
    return Shape.of(dims);
  }
}
