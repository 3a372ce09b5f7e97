package org.conv4j.bench.report;

import java.awt.Color;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Colours and markers that stay apart on white, enough for every family and every rival. */
final class Palette {
  static final Color[] COLORS = {
    new Color(0x1F5FBF),
    new Color(0xD9480F),
    new Color(0x2B8A3E),
    new Color(0x9C36B5),
    new Color(0xE0A100),
    new Color(0x0B7285),
    new Color(0xC2255C),
    new Color(0x5C3D1E),
    new Color(0x495057),
    new Color(0x66A80F),
    new Color(0x4263EB),
    new Color(0xF76707),
    new Color(0x12B886)
  };

  static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.TRIANGLE_DOWN
  };

  private Palette() {}
}
