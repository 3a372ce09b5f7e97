package org.conv4j.frames;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.function.BinaryFunction;
import org.conv4j.weights.Constant;

/** What makes a frame of a value out of frames of values before. */
public sealed interface FrameStep {
  /**
   * Returns what it reads.
   *
   * @return the frames, the same one more than once if it is needed so
   */
  List<FrameRead> reads();

  /**
   * A sum of products of frames of a value with matrices: a convolution.
   *
   * @param reads for each tap of the kernel the frame that it reads, all of one value; the earliest
   *     first
   * @param kernel the matrices one after the other, of shape {@code (taps, channels, filters)}
   * @param bias what is added to the sums, if anything is
   * @param residual a frame that is added too, if one is
   * @param activation applied last
   */
  record Product(
      List<FrameRead> reads,
      Constant kernel,
      Optional<Constant> bias,
      Optional<FrameRead> residual,
      Elementwise activation)
      implements FrameStep {
    /**
     * Copies the list.
     *
     * @param reads see {@link #reads}
     * @param kernel see {@link #kernel}
     * @param bias see {@link #bias}
     * @param residual see {@link #residual}
     * @param activation see {@link #activation}
     */
    public Product {
      reads = List.copyOf(reads);
    }
  }

  /**
   * A sum of products of frames of a value with factors of the same channels: a depthwise
   * convolution, or a scale.
   *
   * @param reads as of {@link Product}
   * @param factors of shape {@code (taps, channels)}
   * @param bias what is added to the sums, if anything is
   * @param activation applied last
   */
  record Factors(
      List<FrameRead> reads, Constant factors, Optional<Constant> bias, Elementwise activation)
      implements FrameStep {
    /**
     * Copies the list.
     *
     * @param reads see {@link #reads}
     * @param factors see {@link #factors}
     * @param bias see {@link #bias}
     * @param activation see {@link #activation}
     */
    public Factors {
      reads = List.copyOf(reads);
    }
  }

  /**
   * A function of each element.
   *
   * @param source what is read
   * @param activation the function
   */
  record Function(FrameRead source, Elementwise activation) implements FrameStep {
    @Override
    public List<FrameRead> reads() {
      return List.of(source);
    }
  }

  /**
   * A function of each two elements of frames of as many channels.
   *
   * @param left the first operands
   * @param right the second operands
   * @param operation what becomes of them
   * @param activation applied last
   */
  record Combination(
      FrameRead left, FrameRead right, BinaryFunction operation, Elementwise activation)
      implements FrameStep {
    @Override
    public List<FrameRead> reads() {
      return List.of(left, right);
    }
  }

  /**
   * The channels of frames side by side.
   *
   * @param reads the frames in order
   */
  record Join(List<FrameRead> reads) implements FrameStep {
    /**
     * Copies the list.
     *
     * @param reads see {@link #reads}
     */
    public Join {
      reads = List.copyOf(reads);
    }
  }

  /**
   * Some channels of a frame.
   *
   * @param source what is read
   * @param first the first channel
   */
  record Part(FrameRead source, int first) implements FrameStep {
    @Override
    public List<FrameRead> reads() {
      return List.of(source);
    }
  }
}
