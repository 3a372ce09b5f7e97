package org.conv4j.image;

import java.awt.image.IndexColorModel;

/**
 * A colour for each of 256 classes, those of PASCAL VOC: black, dark red, dark green, ... The bits
 * of a class's number are dealt to red, green and blue by turns, the lowest to their highest.
 */
final class ClassColours {
  static final int COUNT = 256;

  private static final int BITS = 8;
  private static final int COMPONENTS = 3;

  private ClassColours() {}

  static IndexColorModel palette() {
    byte[][] components = new byte[COMPONENTS][COUNT];
    for (int i = 0; i < COUNT; i++) {
      for (int bit = 0; bit < BITS; bit++) {
        components[bit % COMPONENTS][i] |= (byte) ((i >> bit & 1) << BITS - 1 - bit / COMPONENTS);
      }
    }
    return new IndexColorModel(BITS, COUNT, components[0], components[1], components[2]);
  }
}
