package org.conv4j.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArrayAdapter;
import java.util.Comparator;
import java.util.Set;

/** Finds an engine for what arrays cannot do here. */
final class AlternativeEngine {
  /** Engines that leave array operations to others themselves. */
  private static final Set<String> WITHOUT_OPERATIONS =
      Set.of(Conv4jEngine.NAME, "OnnxRuntime", "Llama", "XGBoost", "LightGBM", "TensorRT", "RPC");

  private AlternativeEngine() {}

  static Engine require() {
    return Engine.getAllEngines().stream()
        .filter(name -> !WITHOUT_OPERATIONS.contains(name))
        .map(Engine::getEngine)
        .min(Comparator.comparingInt(Engine::getRank))
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "The engine Conv4j has no operation '%s' for arrays. With an engine such as ai.djl.pytorch:pytorch-engine on the class path, DJL runs it there."
                        .formatted(operation())));
  }

  /** The method of the array that was called last. */
  private static String operation() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .filter(frame -> isArray(frame.getDeclaringClass()))
                    .map(StackWalker.StackFrame::getMethodName)
                    .filter(name -> !name.equals("getAlternativeArray"))
                    .findFirst()
                    .orElse("unknown"));
  }

  private static boolean isArray(Class<?> type) {
    return type == NDArrayAdapter.class || type == NumericArray.class;
  }
}
