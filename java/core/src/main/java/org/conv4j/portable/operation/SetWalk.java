package org.conv4j.portable.operation;

import org.conv4j.shape.Shape;

/**
 * How the elements of an input belong to sets: those that differ only along some axes are one set.
 *
 * <p>Elements are visited a piece at a time, which is a run of neighbours. Either all elements of a
 * piece are of one set, or each of a set of its own, the same sets for all pieces that are visited
 * together. Which one depends on the input's last axis. Immutable.
 */
final class SetWalk {
  static final int INPUT = 0;
  static final int SETS = 1;

  /** The operand of what is shared along other axes than the sets' elements are. */
  static final int PARAMETERS = 2;

  /** The most elements of any piece. */
  static final int PIECE = 2048;

  private final StridedAxes within;
  private final StridedAxes between;
  private final boolean oneSet;
  private final int parameterStep;
  private final int line;
  private final int pieces;

  /**
   * Plans a walk.
   *
   * @param input the input's shape
   * @param sets the same with extent 1 along the axes along which the elements of a set differ
   * @param parameters a shape that is shared along axes of extent 1
   */
  SetWalk(Shape input, Shape sets, Shape parameters) {
    StridedAxes axes =
        StridedAxes.merged(
            input,
            StridedAxes.dense(input),
            StridedAxes.shared(sets),
            StridedAxes.shared(parameters));
    oneSet = axes.strideFromLast(SETS, 0) == 0;
    parameterStep = axes.strideFromLast(PARAMETERS, 0);
    within = axes.along(SETS, false);
    between = axes.along(SETS, true);
    line = axes.extentFromLast(0);
    pieces = (line + PIECE - 1) / PIECE;
  }

  /** Whether all elements of a piece are of one set, rather than each of its own. */
  boolean oneSet() {
    return oneSet;
  }

  /** Whether neighbours have parameters of their own. */
  boolean hasParameterForEach() {
    return parameterStep != 0;
  }

  /** The most elements of a piece. */
  int longestPiece() {
    return Math.min(line, PIECE);
  }

  /** The number of groups of sets that are visited together: one set, or as many as a piece has. */
  int groups() {
    return oneSet ? between.countBefore(0) : between.countBefore(1) * pieces;
  }

  /** The number of pieces that have all elements of a group. */
  int piecesOf() {
    return oneSet ? within.countBefore(1) * pieces : within.countBefore(0);
  }

  /** The number of elements of one set. */
  int setSize() {
    return within.countBefore(0);
  }

  /** The length of a piece. */
  int length(int group, int piece) {
    return Math.min(longestPiece(), line - begin(group, piece));
  }

  /** Where a piece begins in its line. */
  private int begin(int group, int piece) {
    return (oneSet ? piece : group) % pieces * PIECE;
  }

  /** Where a piece begins in an operand. */
  int offset(int operand, int group, int piece) {
    int step = operand == PARAMETERS ? parameterStep : operand == SETS && oneSet ? 0 : 1;
    int outside =
        oneSet
            ? between.offset(operand, group, 0) + within.offset(operand, piece / pieces, 1)
            : between.offset(operand, group / pieces, 1) + within.offset(operand, piece, 0);
    return outside + begin(group, piece) * step;
  }
}
