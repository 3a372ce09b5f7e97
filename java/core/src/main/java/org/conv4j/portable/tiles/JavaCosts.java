package org.conv4j.portable.tiles;

import org.conv4j.machine.Machine;

/**
 * What ops and ways to run them were found to take in plain Java, on {@link Machine#ZEN4}: the one
 * place for that.
 *
 * <p>For an element of an op other than a convolution: how many operations of a convolution take as
 * long. What decides how many threads an op is worth need not be more than roughly right.
 */
public final class JavaCosts {
  public static final long COPY = 40;
  public static final long SIMPLE_FUNCTION = 40;

  /** Of one that is computed in double precision, one element at a time. */
  public static final long FUNCTION = 200;

  public static final long POOLING = 30;
  public static final long REDUCTION = 30;
  public static final long RESIZE = 100;
  public static final long NORMALIZATION = 100;
  public static final long SOFTMAX = 200;

  /** For an operation of a depthwise convolution. */
  public static final long DEPTHWISE = 2;

  /** With fewer, splitting the input by channel costs less than it saves. */
  private static final int FEW_CHANNELS = 4;

  /** Runs of this many pixels are as fast as any number of filters. */
  private static final int MANY_PIXELS = 150;

  private static final double FASTER = 0.5;
  private static final double SLOWER = 2;

  private JavaCosts() {}

  /** What {@code DepthwiseConvolution} takes, in units of {@code PixelConvolution}'s time. */
  public static double depthwise(int channels) {
    return channels >= FEW_CHANNELS ? FASTER : SLOWER;
  }

  /** The same of {@code FilterConvolution}, for the pixels of an image and the filters. */
  public static double filters(long pixels, int filters) {
    return pixels < MANY_PIXELS && pixels < filters ? FASTER : SLOWER;
  }
}
