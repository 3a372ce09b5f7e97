/** Reads Neural Amp Modeler's models. */
module org.conv4j.nam {
  requires transitive org.conv4j.core;
  requires org.conv4j.keras;

  exports org.conv4j.nam;

  provides org.conv4j.file.ModelReader with
      org.conv4j.nam.NamReader;
}
