package org.conv4j.op;

/**
 * An answer for each kind of op; see {@link Op#accept}. {@link SimpleOpVisitor} is for those who
 * treat most kinds alike.
 *
 * @param <R> the type of the answer
 */
public interface OpVisitor<R> {
  /**
   * Answers for a {@link Binary}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Binary op);

  /**
   * Answers for a {@link Concat}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Concat op);

  /**
   * Answers for a {@link Convolution}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Convolution op);

  /**
   * Answers for a {@link Deconvolution}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Deconvolution op);

  /**
   * Answers for an {@link Eltwise}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Eltwise op);

  /**
   * Answers for a {@link FunctionCall}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(FunctionCall op);

  /**
   * Answers for a {@link Gather}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Gather op);

  /**
   * Answers for an {@link InnerProduct}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(InnerProduct op);

  /**
   * Answers for a {@link MatMul}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(MatMul op);

  /**
   * Answers for a {@link Normalization}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Normalization op);

  /**
   * Answers for a {@link Pad}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Pad op);

  /**
   * Answers for a {@link Permute}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Permute op);

  /**
   * Answers for a {@link Pooling}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Pooling op);

  /**
   * Answers for a {@link Prelu}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Prelu op);

  /**
   * Answers for a {@link Recurrence}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Recurrence op);

  /**
   * Answers for a {@link Reduction}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Reduction op);

  /**
   * Answers for a {@link Resize}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Resize op);

  /**
   * Answers for a {@link Scale}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Scale op);

  /**
   * Answers for a {@link Slice}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Slice op);

  /**
   * Answers for a {@link Softmax}.
   *
   * @param op the op
   * @return the answer
   */
  R visit(Softmax op);
}
