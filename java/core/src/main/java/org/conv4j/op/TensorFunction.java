package org.conv4j.op;

import java.util.List;
import org.conv4j.tensor.Tensor;

/**
 * A program's own function on tensors, which becomes a step of a plan.
 *
 * <p>It is called once in each run, or once for each part of a batch where its {@link FunctionCall}
 * says that examples are independent. One session calls it from one thread at a time. Several
 * sessions, such as those of a predictor that many threads share, may call the same object at the
 * same time: a function that keeps something between calls has to guard it.
 */
@FunctionalInterface
public interface TensorFunction {
  /**
   * Computes a tensor.
   *
   * @param inputs what the step reads, row-major as Keras sees it, of the data type that the plan
   *     computes in: copies, which the function may change
   * @param output is to be written; zeros before. Like the inputs it belongs to the step, and is
   *     not to be kept or closed
   */
  void apply(List<Tensor> inputs, Tensor output);
}
