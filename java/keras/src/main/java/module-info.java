/** Reads Keras's models and layers. */
module org.conv4j.keras {
  requires transitive org.conv4j.core;

  exports org.conv4j.keras;
  exports org.conv4j.keras.custom;
  exports org.conv4j.keras.writer;
  exports org.conv4j.keras.json to
      org.conv4j.nam;

  uses org.conv4j.keras.custom.CustomLayers;

  provides org.conv4j.file.ModelReader with
      org.conv4j.keras.KerasReader;
}
