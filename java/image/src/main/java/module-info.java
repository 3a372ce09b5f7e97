/** Photographs as the inputs of networks, and images as their outputs. */
module org.conv4j.image {
  requires transitive org.conv4j.core;
  requires java.desktop;

  exports org.conv4j.image;
}
