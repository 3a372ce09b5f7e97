package org.conv4j.onnx.operator;

import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.op.ResizeWeights;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Along one axis of a Resize, the inputs that each output is a weighted sum of. */
final class ResizeTable {
  private static final int MOST = 1 << 24;

  private final int inputs;
  private final int outputs;
  private final int taps;
  private final int[] places;
  private final double[] weights;
  private final boolean[] outside;

  private ResizeTable(int inputs, int outputs, int taps) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.taps = taps;
    this.places = new int[outputs * taps];
    this.weights = new double[outputs * taps];
    this.outside = new boolean[outputs];
  }

  static ResizeTable of(
      Call call, int inputs, int outputs, double scale, double start, double end) {
    NodeInfo node = call.node();
    if (outputs < 1 || !(scale > 0)) {
      throw node.invalid("it makes an axis of %d elements".formatted(outputs));
    }
    boolean upsample = node.operator().equals("Upsample") || node.opset() < 11;
    String mode = node.text("mode", "nearest");
    String coordinates =
        upsample ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
    // Opset 10 took the next input when it sampled down.
    String rounding =
        upsample ? scale < 1 ? "ceil" : "floor" : node.text("nearest_mode", "round_prefer_floor");
    boolean nearest = mode.equals("nearest");
    boolean cubic = mode.equals("cubic");
    double filter = node.flag("antialias", false) && !nearest ? Math.min(scale, 1) : 1;
    int reach = (int) Math.ceil((cubic ? 2 : 1) / filter);
    int taps = nearest ? 1 : 2 * reach;
    if ((long) taps * outputs > MOST) {
      throw node.invalid("it makes an axis of %d elements".formatted(outputs));
    }
    ResizeTable table = new ResizeTable(inputs, outputs, taps);
    for (int i = 0; i < outputs; i++) {
      double x = place(node, coordinates, i, inputs, outputs, scale, start, end);
      if (coordinates.equals("tf_crop_and_resize") && (x < 0 || x > inputs - 1)) {
        table.outside[i] = true;
      } else if (nearest) {
        table.set(i, 0, (long) rounded(node, rounding, x), 1);
      } else {
        table.interpolate(node, i, x, filter, reach, cubic);
      }
    }
    return table;
  }

  /** Where an output lies among the inputs. */
  private static double place(
      NodeInfo node,
      String coordinates,
      int i,
      int inputs,
      int outputs,
      double scale,
      double start,
      double end) {
    return switch (coordinates) {
      case "half_pixel" -> (i + 0.5) / scale - 0.5;
      case "pytorch_half_pixel" -> outputs > 1 ? (i + 0.5) / scale - 0.5 : 0;
      case "half_pixel_symmetric" -> {
        double adjustment = outputs / (scale * inputs);
        double centre = inputs / 2.0;
        yield centre * (1 - adjustment) + (i + 0.5) / scale - 0.5;
      }
      case "align_corners" -> outputs == 1 ? 0 : (double) i * (inputs - 1) / (outputs - 1);
      case "asymmetric" -> i / scale;
      case "tf_half_pixel_for_nn" -> (i + 0.5) / scale;
      case "tf_crop_and_resize" ->
          outputs > 1
              ? start * (inputs - 1) + i * (end - start) * (inputs - 1) / (outputs - 1)
              : 0.5 * (start + end) * (inputs - 1);
      default -> throw node.invalid("coordinates '" + coordinates + "' are not supported");
    };
  }

  private static double rounded(NodeInfo node, String rounding, double x) {
    return switch (rounding) {
      case "round_prefer_floor" -> Math.ceil(x - 0.5);
      case "round_prefer_ceil" -> Math.floor(x + 0.5);
      case "floor" -> Math.floor(x);
      case "ceil" -> Math.ceil(x);
      default -> throw node.invalid("the nearest_mode '" + rounding + "' is not supported");
    };
  }

  private void interpolate(
      NodeInfo node, int output, double x, double filter, int reach, boolean cubic) {
    double a = node.real("cubic_coeff_a", -0.75);
    boolean drops = node.flag("exclude_outside", false);
    double below = Math.floor(x);
    double sum = 0;
    for (int tap = 0; tap < taps; tap++) {
      double input = below - reach + 1 + tap;
      double distance = Math.abs(input - x) * filter;
      double weight = cubic ? keys(a, distance) : Math.max(0, 1 - distance);
      if (drops && (input < 0 || input >= inputs)) {
        weight = 0;
      }
      set(output, tap, (long) input, weight);
      sum += weight;
    }
    for (int tap = 0; tap < taps; tap++) {
      weights[output * taps + tap] /= sum;
    }
  }

  /** Keys's cubic convolution. */
  private static double keys(double a, double t) {
    if (t <= 1) {
      return ((a + 2) * t - (a + 3)) * t * t + 1;
    }
    return t < 2 ? ((a * t - 5 * a) * t + 8 * a) * t - 4 * a : 0;
  }

  private void set(int output, int tap, long input, double weight) {
    places[output * taps + tap] = (int) Math.max(0, Math.min(inputs - 1, input));
    weights[output * taps + tap] = weight;
  }

  int taps() {
    return taps;
  }

  /** With one tap, the input of each output. */
  int[] places() {
    return places;
  }

  /** Whether some outputs lie outside the input. */
  boolean leaves() {
    for (boolean out : outside) {
      if (out) {
        return true;
      }
    }
    return false;
  }

  /** 1 for outputs inside the input, else 0. */
  double[] mask() {
    double[] mask = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      mask[i] = outside[i] ? 0 : 1;
    }
    return mask;
  }

  boolean isIdentity() {
    if (inputs != outputs) {
      return false;
    }
    for (int i = 0; i < outputs; i++) {
      double own = 0;
      for (int tap = 0; tap < taps; tap++) {
        own += places[i * taps + tap] == i ? weights[i * taps + tap] : 0;
      }
      if (outside[i] || Math.abs(own - 1) > 1e-9) {
        return false;
      }
    }
    return true;
  }

  /** Whether an engine's table has the same sums, to a rounding. */
  boolean agrees(ResizeWeights other, double tolerance) {
    double[] row = new double[inputs];
    for (int i = 0; i < outputs; i++) {
      for (int tap = 0; tap < taps; tap++) {
        row[places[i * taps + tap]] += weights[i * taps + tap];
      }
      for (int tap = 0; tap < other.taps(); tap++) {
        row[other.input(i, tap)] -= other.weight(i, tap);
      }
      boolean same = true;
      for (int tap = 0; tap < taps; tap++) {
        same &= Math.abs(row[places[i * taps + tap]]) <= tolerance;
        row[places[i * taps + tap]] = 0;
      }
      for (int tap = 0; tap < other.taps(); tap++) {
        same &= Math.abs(row[other.input(i, tap)]) <= tolerance;
        row[other.input(i, tap)] = 0;
      }
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** The weights as a matrix from inputs to outputs. */
  Constant matrix() {
    if ((long) inputs * outputs > MOST) {
      throw new org.conv4j.error.ShapeMismatchException(
          "An axis of %d elements cannot be resized to %d in this mode."
              .formatted(inputs, outputs));
    }
    double[] matrix = new double[inputs * outputs];
    for (int i = 0; i < outputs; i++) {
      for (int tap = 0; tap < taps; tap++) {
        matrix[places[i * taps + tap] * outputs + i] += weights[i * taps + tap];
      }
    }
    return Constant.of(Shape.of(inputs, outputs), matrix);
  }
}
