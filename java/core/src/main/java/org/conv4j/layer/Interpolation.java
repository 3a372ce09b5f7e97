package org.conv4j.layer;

import java.util.Locale;
import org.conv4j.op.Resize;

/** Keras's names for how an image is sampled at another resolution. */
public enum Interpolation {
  /** Every output is the nearest input. */
  NEAREST(Resize.Method.NEAREST),
  /** Linear interpolation along each axis. */
  BILINEAR(Resize.Method.LINEAR),
  /** Cubic convolution along each axis. */
  BICUBIC(Resize.Method.CUBIC);

  private final Resize.Method method;

  Interpolation(Resize.Method method) {
    this.method = method;
  }

  /**
   * Returns what ops call it.
   *
   * @return the method
   */
  public Resize.Method method() {
    return method;
  }

  /**
   * Returns Keras's spelling.
   *
   * @return the lower-case name
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
