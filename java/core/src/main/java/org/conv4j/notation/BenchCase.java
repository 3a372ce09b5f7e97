package org.conv4j.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/**
 * Something to measure: one convolution, or several that follow each other. The last one has a
 * bias, as Keras's layers do by default.
 *
 * @param family the kind of convolution, for example {@code depthwise-2d}
 * @param name where it comes from, for example {@code resnet50:conv2_x}
 * @param ops {@link Convolution} and {@link Deconvolution} only, each reading what the one before
 *     it wrote
 */
public record BenchCase(String family, String name, List<Op> ops) {
  /**
   * Copies the list of ops.
   *
   * @param family see {@link #family}
   * @param name see {@link #name}
   * @param ops see {@link #ops}
   */
  public BenchCase {
    ops = List.copyOf(ops);
  }

  /**
   * Returns what identifies the case among all cases.
   *
   * @return family and name
   */
  public String id() {
    return family + "/" + name;
  }

  /**
   * Returns the shape that the first op reads.
   *
   * @return the input's shape, channels-last
   */
  public Shape input() {
    return ops.get(0).input();
  }

  /**
   * Returns the shape that the last op writes.
   *
   * @return the output's shape, channels-last
   */
  public Shape output() {
    return ops.get(ops.size() - 1).output();
  }

  /**
   * Returns how much arithmetic one run does.
   *
   * @return floating-point operations; a multiply-add counts as two
   */
  public long flops() {
    return ops.stream().mapToLong(Op::flops).sum();
  }

  /**
   * Returns how many numbers one run has to move at least.
   *
   * @return the elements of the input, of the output and of all constants
   */
  public long elements() {
    long constants =
        ops.stream().flatMap(op -> op.constants().stream()).mapToLong(Shape::elementCount).sum();
    return input().elementCount() + output().elementCount() + constants;
  }

  /**
   * Writes the program that runs the ops.
   *
   * @param constants for each op its kernel and, if it has one, its bias
   * @return the program, which reads the constants but does not own them
   */
  public Program program(List<List<Tensor>> constants) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      steps.add(new Step(name, ops.get(i), List.of(i), i + 1, Constant.given(constants.get(i))));
    }
    return Program.of(List.of(input()), Map.of(), steps, List.of(ops.size()), List.of(output()));
  }
}
