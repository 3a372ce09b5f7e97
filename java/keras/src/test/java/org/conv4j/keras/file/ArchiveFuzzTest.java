package org.conv4j.keras.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.conv4j.error.Conv4jException;

/** Any bytes as a {@code .keras} file. */
class ArchiveFuzzTest {
  @FuzzTest
  void readsOrRefuses(byte[] content) {
    try {
      InMemory.archive(content);
    } catch (Conv4jException refused) {
      // The only exceptions that a file may cause.
    }
  }
}
