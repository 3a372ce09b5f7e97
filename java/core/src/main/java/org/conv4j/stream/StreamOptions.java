package org.conv4j.stream;

import org.conv4j.engine.CompileOptions;
import org.conv4j.error.InvalidArgumentException;

/**
 * How to compile a model for streaming.
 *
 * @param maxFrames the most frames that one call gives; any number up to it may be given
 * @param lookAhead whether the network may need frames that come later, so that each output frame
 *     comes late, see {@link StreamPlan#latencyFrames}; if not, such networks are refused
 * @param compileOptions how to compile the plans; by default exact and for one thread. If not
 *     exact, chunks of different lengths may differ by more than rounding
 */
public record StreamOptions(int maxFrames, boolean lookAhead, CompileOptions compileOptions) {
  /** Exact, as chunks of different lengths may get different algorithms. */
  private static final CompileOptions ON_ONE_THREAD =
      CompileOptions.DEFAULT.withThreads(1).withExact(true);

  /** Longer chunks are no longer streaming; the analysis looks at signals of a fixed length. */
  static final int MOST_FRAMES = 1 << 17;

  /**
   * Checks the arguments.
   *
   * @param maxFrames see {@link #maxFrames}
   * @param lookAhead see {@link #lookAhead}
   * @param compileOptions see {@link #compileOptions}
   * @throws InvalidArgumentException if there are no frames, or more than 131072
   */
  public StreamOptions {
    InvalidArgumentException.requirePresent(compileOptions, "The options of compiling");
    if (maxFrames < 1 || maxFrames > MOST_FRAMES) {
      throw new InvalidArgumentException(
          "A chunk of a stream has from 1 to %d frames; given maxFrames = %d."
              .formatted(MOST_FRAMES, maxFrames));
    }
  }

  /**
   * Sets the length of chunks; networks that look ahead are refused.
   *
   * @param maxFrames see {@link #maxFrames}
   * @return the options
   */
  public static StreamOptions of(int maxFrames) {
    return new StreamOptions(maxFrames, false, ON_ONE_THREAD);
  }

  /**
   * Sets whether networks that look ahead are accepted.
   *
   * @param accepted see {@link #lookAhead}
   * @return a changed copy
   */
  public StreamOptions withLookAhead(boolean accepted) {
    return new StreamOptions(maxFrames, accepted, compileOptions);
  }

  /**
   * Sets how to compile.
   *
   * @param options see {@link #compileOptions}
   * @return a changed copy
   */
  public StreamOptions withCompileOptions(CompileOptions options) {
    return new StreamOptions(maxFrames, lookAhead, options);
  }
}
