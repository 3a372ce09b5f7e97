package org.conv4j.keras.operation;

import java.util.Map;
import java.util.function.Function;
import org.conv4j.keras.layer.Config;
import org.conv4j.operation.ArgExtremum;
import org.conv4j.operation.OneHot;
import org.conv4j.operation.Take;

/** The operations that find the places of elements, and elements by their places. */
final class IndexOperations {
  private IndexOperations() {}

  static void addTo(Map<String, Function<OperationCall, OperationLayer>> readers) {
    readers.put("Argmax", call -> extremum(call, true));
    readers.put("Argmin", call -> extremum(call, false));
    readers.put("OneHot", IndexOperations::oneHot);
    readers.put("Take", IndexOperations::take);
  }

  private static OperationLayer extremum(OperationCall call, boolean largest) {
    boolean keepDims = call.config().flag("keepdims", false);
    return call.of(1, new ArgExtremum(call.name(), largest, axis(call), keepDims));
  }

  private static OperationLayer oneHot(OperationCall call) {
    Config config = call.config();
    if (config.flag("sparse", false)) {
      throw config.invalid("sparse", "false", true);
    }
    int classes = config.number("num_classes");
    return call.of(1, new OneHot(call.name(), classes, config.number("axis", -1)));
  }

  private static OperationLayer take(OperationCall call) {
    return call.ofMixed(new Take(call.name(), call.constant(0), call.constant(1), axis(call)));
  }

  private static Integer axis(OperationCall call) {
    return call.config().has("axis") ? call.config().number("axis") : null;
  }
}
