package org.conv4j.keras.layer;

import org.conv4j.error.InvalidLayerException;

/** Messages about a layer that are put behind its path in a model. */
public final class LayerMessages {
  private LayerMessages() {}

  /** The message, without a layer's name at its start: the path has it already. */
  public static String without(String name, InvalidLayerException invalid) {
    String message = invalid.getMessage();
    String start = "Layer '" + name + "'";
    if (message.startsWith(start + ": ")) {
      return message.substring(start.length() + 2);
    }
    return message.startsWith(start + " ") ? "it" + message.substring(start.length()) : message;
  }
}
