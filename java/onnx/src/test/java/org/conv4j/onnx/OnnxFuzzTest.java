package org.conv4j.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.conv4j.error.Conv4jException;
import org.conv4j.limit.Limits;

/** Any bytes as an {@code .onnx} file: they are read, and every layer is asked for its shape. */
class OnnxFuzzTest {
  @FuzzTest
  void readsOrRefuses(byte[] content) {
    try (OnnxModel loaded = OnnxModels.load(content, "fuzzed.onnx", Limits.DEFAULT)) {
      loaded.layers();
    } catch (Conv4jException refused) {
      // The only exceptions that a file may cause.
    }
  }
}
