package org.conv4j.keras.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.conv4j.error.Conv4jException;

/** Any bytes as a {@code model.weights.h5} file. */
class WeightTreeFuzzTest {
  @FuzzTest
  void readsOrRefuses(byte[] content) {
    try {
      InMemory.tree(content);
    } catch (Conv4jException refused) {
      // The only exceptions that a file may cause.
    }
  }
}
