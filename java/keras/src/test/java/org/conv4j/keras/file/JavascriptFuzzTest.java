package org.conv4j.keras.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.conv4j.error.Conv4jException;

/** Any bytes as a model of TensorFlow.js, in the form of {@link InMemory#javascript}. */
class JavascriptFuzzTest {
  @FuzzTest
  void readsOrRefuses(byte[] content) {
    try {
      InMemory.javascript(content);
    } catch (Conv4jException refused) {
      // The only exceptions that a file may cause.
    }
  }
}
