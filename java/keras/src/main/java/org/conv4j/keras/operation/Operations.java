package org.conv4j.keras.operation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.SimilarNames;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.LayerConfig;

/**
 * Reads the operations that Keras 3 records on symbolic tensors, and those that Keras 2 records as
 * TFOpLambda.
 */
public final class Operations {
  /** Apart, because most models have no operations and should not wait for a hundred lambdas. */
  private static final class Readers {
    static final Map<String, Function<OperationCall, OperationLayer>> BY_CLASS = new TreeMap<>();

    static {
      ElementwiseOperations.addTo(BY_CLASS);
      ShapeOperations.addTo(BY_CLASS);
      CombiningOperations.addTo(BY_CLASS);
      IndexOperations.addTo(BY_CLASS);
    }
  }

  private Operations() {}

  /** The classes of Keras 3 that can be read. */
  public static Set<String> names() {
    return Readers.BY_CLASS.keySet();
  }

  public static boolean isOperation(LayerConfig layer) {
    return layer.isOperation() || TensorFlowOperations.isOperation(layer);
  }

  /**
   * Reads one call.
   *
   * @param layer the operation
   * @param name what its layer is to be called
   * @param call one of its calls
   * @param output which of the call's outputs is meant
   * @throws InvalidLayerException if the operation is not supported
   */
  public static OperationLayer read(LayerConfig layer, String name, LayerCall call, int output) {
    OperationCall given =
        TensorFlowOperations.isOperation(layer)
            ? TensorFlowOperations.translate(layer, name, call, output)
            : OperationCall.of(layer, name, call, output);
    Function<OperationCall, OperationLayer> reader = Readers.BY_CLASS.get(given.className());
    if (reader == null) {
      throw new InvalidLayerException(
          "the operation %s is not supported%s"
              .formatted(
                  given.className(),
                  SimilarNames.hint(given.className(), Readers.BY_CLASS.keySet())));
    }
    boolean several =
        given.className().equals(ShapeOperations.SPLIT)
            || given.className().equals(ShapeOperations.UNSTACK);
    if (output < 0 || output > 0 && !several) {
      throw new InvalidLayerException(
          "Layer '%s' has one output; output %d is used.".formatted(layer.name(), output));
    }
    OperationLayer operation = reader.apply(given);
    if (!given.className().equals(ElementwiseOperations.CAST)) {
      given.config().ignore("dtype");
    }
    given.config().refuseUnknown();
    return operation;
  }
}
