package org.conv4j.keras.file;

import org.conv4j.bytes.Bytes;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.json.KerasJson;

/** Reads JSON documents of a bounded size. */
final class ModelJson {
  private ModelJson() {}

  static String text(Bytes bytes) {
    if (bytes.size() > KerasJson.MAX_BYTES) {
      throw new MalformedFileException(
          "%s has %d bytes of JSON; at most %d."
              .formatted(bytes.source(), bytes.size(), KerasJson.MAX_BYTES));
    }
    return KerasJson.text(bytes.read(0, (int) bytes.size()), bytes.source());
  }
}
