package org.conv4j.keras;

/** Reads the layers that the models of {@code keras.applications} bring with them. */
final class ApplicationReaders {
  private ApplicationReaders() {}

  static void addTo(LayerClasses classes) {}
}
