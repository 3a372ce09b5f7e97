package org.conv4j.op;

/**
 * One answer for all kinds of ops but those whose method is overridden.
 *
 * @param <R> the type of the answer
 */
public abstract class SimpleOpVisitor<R> implements OpVisitor<R> {
  /** For subclasses. */
  protected SimpleOpVisitor() {}

  /**
   * Answers for every op that no other method does.
   *
   * @param op the op
   * @return the answer
   */
  protected abstract R other(Op op);

  @Override
  public R visit(Binary op) {
    return other(op);
  }

  @Override
  public R visit(Concat op) {
    return other(op);
  }

  @Override
  public R visit(Convolution op) {
    return other(op);
  }

  @Override
  public R visit(Deconvolution op) {
    return other(op);
  }

  @Override
  public R visit(Eltwise op) {
    return other(op);
  }

  @Override
  public R visit(FunctionCall op) {
    return other(op);
  }

  @Override
  public R visit(Gather op) {
    return other(op);
  }

  @Override
  public R visit(InnerProduct op) {
    return other(op);
  }

  @Override
  public R visit(MatMul op) {
    return other(op);
  }

  @Override
  public R visit(Normalization op) {
    return other(op);
  }

  @Override
  public R visit(Pad op) {
    return other(op);
  }

  @Override
  public R visit(Permute op) {
    return other(op);
  }

  @Override
  public R visit(Pooling op) {
    return other(op);
  }

  @Override
  public R visit(Prelu op) {
    return other(op);
  }

  @Override
  public R visit(Recurrence op) {
    return other(op);
  }

  @Override
  public R visit(Reduction op) {
    return other(op);
  }

  @Override
  public R visit(Resize op) {
    return other(op);
  }

  @Override
  public R visit(Scale op) {
    return other(op);
  }

  @Override
  public R visit(Slice op) {
    return other(op);
  }

  @Override
  public R visit(Softmax op) {
    return other(op);
  }
}
