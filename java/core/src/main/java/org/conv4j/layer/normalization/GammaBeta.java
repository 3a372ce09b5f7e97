package org.conv4j.layer.normalization;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;

/** The weights that scale and shift what was normalized. */
final class GammaBeta {
  private GammaBeta() {}

  /** Those that a layer has, in Keras's order, in a list that more may be added to. */
  static List<WeightSpec> specs(Shape shape, boolean scale, boolean center) {
    List<WeightSpec> specs = new ArrayList<>();
    if (scale) {
      specs.add(new WeightSpec("gamma", shape));
    }
    if (center) {
      specs.add(new WeightSpec("beta", shape));
    }
    return specs;
  }
}
