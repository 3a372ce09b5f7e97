package org.conv4j.engine;

import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.UnsupportedByEngineException;

/** What an engine makes of an op: the compiled op, or the reason why it leaves the op to others. */
public final class Compilation {
  private final CompiledOp op;
  private final String reason;

  private Compilation(CompiledOp op, String reason) {
    this.op = op;
    this.reason = reason;
  }

  /**
   * Answers with a compiled op.
   *
   * @param op the op, which the asker closes
   * @return the answer
   */
  public static Compilation of(CompiledOp op) {
    return new Compilation(InvalidLayerException.requirePresent(op, "A compiled op"), null);
  }

  /**
   * Leaves the op to others.
   *
   * @param reason a few words for users, such as "dilated windows"
   * @return the answer
   */
  public static Compilation declined(String reason) {
    return new Compilation(
        null, InvalidLayerException.requirePresent(reason, "The reason to leave an op to others"));
  }

  /**
   * Answers with a compiled op if there is one.
   *
   * @param op the op, which the asker closes, or nothing
   * @param reason why there may be nothing
   * @return the answer
   */
  public static Compilation of(Optional<CompiledOp> op, String reason) {
    return op.isPresent() ? of(op.get()) : declined(reason);
  }

  /**
   * Returns whether the op is left to others.
   *
   * @return true if there is a reason and no op
   */
  public boolean isDeclined() {
    return op == null;
  }

  /**
   * Returns the compiled op.
   *
   * @return the op, which the caller closes
   * @throws UnsupportedByEngineException with the reason if there is none
   */
  public CompiledOp op() {
    if (op == null) {
      throw new UnsupportedByEngineException("The engine leaves the op to others: " + reason + ".");
    }
    return op;
  }

  /**
   * Returns why the op is left to others.
   *
   * @return the reason
   * @throws IllegalStateException if it is not
   */
  public String reason() {
    if (op != null) {
      throw new IllegalStateException("The op was compiled.");
    }
    return reason;
  }
}
