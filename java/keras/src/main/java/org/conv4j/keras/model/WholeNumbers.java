package org.conv4j.keras.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.operation.ElementwiseOperations;
import org.conv4j.layer.Interpolation;
import org.conv4j.layer.Layer;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.layer.activation.Activation;
import org.conv4j.layer.activation.ELU;
import org.conv4j.layer.activation.LeakyReLU;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Average;
import org.conv4j.layer.merging.Dot;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.layer.merging.Subtract;
import org.conv4j.layer.normalization.GroupNormalization;
import org.conv4j.layer.normalization.LayerNormalization;
import org.conv4j.layer.pooling.AveragePooling1D;
import org.conv4j.layer.pooling.AveragePooling2D;
import org.conv4j.layer.pooling.AveragePooling3D;
import org.conv4j.layer.pooling.GlobalAveragePooling1D;
import org.conv4j.layer.pooling.GlobalAveragePooling2D;
import org.conv4j.layer.pooling.GlobalAveragePooling3D;
import org.conv4j.layer.preprocessing.CenterCrop;
import org.conv4j.layer.preprocessing.Normalization;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.layer.preprocessing.Resizing;
import org.conv4j.layer.reshaping.UpSampling2D;
import org.conv4j.model.Model;
import org.conv4j.model.ModelLayer;
import org.conv4j.model.Node;
import org.conv4j.operation.Any;
import org.conv4j.operation.ArgExtremum;
import org.conv4j.operation.Arithmetic;
import org.conv4j.operation.Logical;
import org.conv4j.operation.Matmul;
import org.conv4j.operation.Normalize;
import org.conv4j.operation.NotEqual;
import org.conv4j.operation.OneHot;
import org.conv4j.operation.Operation;
import org.conv4j.operation.Pool;
import org.conv4j.operation.Reduce;
import org.conv4j.operation.Take;
import org.conv4j.operation.Variance;

/**
 * Values that Keras holds as whole numbers: inputs of such a type, and what layers make of them
 * that do not compute in a floating-point type. Keras casts inputs only from one floating-point
 * type to another.
 *
 * <p>Moved, copied and compared they are right as floats. Sums that wrap around and results that
 * are rounded are not: such layers are refused. All of this was tried on Keras 3.15 with
 * TensorFlow.
 */
final class WholeNumbers {
  private static final Set<String> TYPES =
      Set.of(
          "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "int", "bool");

  private WholeNumbers() {}

  /** Whether an input of a model has such a type. */
  static boolean isGiven(ModelConfig model, ModelConfig.Input input) {
    for (LayerConfig layer : model.layers()) {
      if (layer.isInput() && layer.name().equals(input.layer())) {
        JsonNode dtype = layer.json().path("config").path("dtype");
        return TYPES.contains(
            (dtype.isObject() ? dtype.path("config").path("name") : dtype).asText());
      }
    }
    return false;
  }

  /**
   * Whether a layer whose inputs are all whole numbers returns whole numbers.
   *
   * @throws InvalidLayerException if it computes with them, and with floats the answer would differ
   */
  static boolean areReturned(String source, String path, Layer layer) {
    if (layer instanceof ModelLayer custom) {
      return areReturned(source, path, custom.model());
    }
    if (computes(layer)) {
      throw new InvalidLayerException(
          ("%s: layer '%s' of class %s computes with whole numbers, for the model's input has such"
                  + " a type; only floating-point numbers are supported. Cast them in front of it,"
                  + " with a Rescaling layer for example.")
              .formatted(source, path, layer.getClass().getSimpleName()));
    }
    return !casts(layer);
  }

  /** Whether a layer returns truth values or places, which are no floats whatever it takes. */
  static boolean areAlways(Layer layer) {
    return layer instanceof Any
        || layer instanceof NotEqual
        || layer instanceof Logical
        || layer instanceof ArgExtremum;
  }

  /** A layer that is a graph of others, all of whose inputs are whole numbers. */
  private static boolean areReturned(String source, String path, Model model) {
    List<Boolean> whole = new ArrayList<>(Collections.nCopies(model.inputs().size(), true));
    for (Node node : model.nodes()) {
      boolean all = true;
      for (int input : node.inputs()) {
        all &= whole.get(input);
      }
      whole.add(all && areReturned(source, path + "/" + node.path(), node.layer()));
    }
    boolean all = true;
    for (int output : model.outputValues()) {
      all &= whole.get(output);
    }
    return all;
  }

  /** Whether a result may wrap around or is rounded to a whole number. */
  private static boolean computes(Layer layer) {
    if (layer instanceof Resizing resizing) {
      return resizing.interpolation() != Interpolation.NEAREST;
    }
    if (layer instanceof UpSampling2D upSampling) {
      return upSampling.interpolation() != Interpolation.NEAREST;
    }
    if (layer instanceof Activation activation) {
      return activation.activation() == ElementwiseFunction.SQUARE;
    }
    if (layer instanceof Arithmetic arithmetic) {
      return computes(arithmetic);
    }
    return layer instanceof Add
        || layer instanceof Subtract
        || layer instanceof Multiply
        || layer instanceof Average
        || layer instanceof Dot
        || layer instanceof Matmul
        || layer instanceof Normalize
        || layer instanceof Pool pool && pool.kind() == PoolingKind.AVERAGE
        || layer instanceof LayerNormalization
        || layer instanceof GroupNormalization;
  }

  /** A constant that is no whole number makes a float of its partner, and so does a quotient. */
  private static boolean computes(Arithmetic arithmetic) {
    return switch (arithmetic.function()) {
      case ADD, SUBTRACT, MULTIPLY, POWER -> !isFraction(arithmetic);
      case DIVIDE, MAXIMUM, MINIMUM -> false;
    };
  }

  private static boolean isFraction(Arithmetic arithmetic) {
    var constant = arithmetic.left() == null ? arithmetic.right() : arithmetic.left();
    if (constant == null) {
      return false;
    }
    for (double element : constant.elements()) {
      if (element != Math.rint(element)) {
        return true;
      }
    }
    return false;
  }

  private static boolean casts(Layer layer) {
    if (layer instanceof Activation activation) {
      return !compares(activation.activation());
    }
    if (layer instanceof Identity identity) {
      return identity.className().equals(ElementwiseOperations.CAST);
    }
    if (layer instanceof Arithmetic arithmetic) {
      return isFraction(arithmetic) || arithmetic.function() == BinaryFunction.DIVIDE;
    }
    if (layer instanceof Reduce reduce) {
      return reduce.kind() == ReductionKind.MEAN;
    }
    boolean moves = layer instanceof WeightlessLayer || layer instanceof Operation;
    return isFloat(layer) || !moves && !isMerging(layer);
  }

  private static boolean compares(org.conv4j.activation.Activation function) {
    return function instanceof Elementwise.Relu relu && relu.negativeSlope() == 0
        || function instanceof Elementwise.Clip
        || function == ElementwiseFunction.ABSOLUTE
        || function == ElementwiseFunction.LINEAR;
  }

  private static boolean isMerging(Layer layer) {
    return layer.getClass().getPackage().equals(Add.class.getPackage());
  }

  private static boolean isFloat(Layer layer) {
    return layer instanceof Rescaling
        || layer instanceof Normalization
        || layer instanceof CenterCrop
        || layer instanceof LeakyReLU
        || layer instanceof ELU
        || layer instanceof Variance
        || layer instanceof OneHot
        || layer instanceof Take take && take.table() != null
        || layer instanceof AveragePooling1D
        || layer instanceof AveragePooling2D
        || layer instanceof AveragePooling3D
        || layer instanceof GlobalAveragePooling1D
        || layer instanceof GlobalAveragePooling2D
        || layer instanceof GlobalAveragePooling3D;
  }
}
