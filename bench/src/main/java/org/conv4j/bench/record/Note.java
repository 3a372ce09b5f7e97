package org.conv4j.bench.record;

/**
 * What was found out about a subject before it was timed.
 *
 * @param subject the subject
 * @param outcome whether it may be timed
 * @param message its own error text, empty if there was none
 * @param version what was measured, for a rival
 * @param implementation the kernels that run it, for an engine
 * @param maxError the largest error relative to the largest output
 */
public record Note(
    Subject subject,
    Outcome outcome,
    String message,
    String version,
    String implementation,
    double maxError) {
  /** What became of a subject. */
  public enum Outcome {
    /** The output agrees with the reference's. */
    VERIFIED,
    /** It refused the case. */
    UNSUPPORTED,
    /** Its output is wrong. */
    WRONG,
    /** Its process ended without a word. */
    CRASHED
  }

  /**
   * Notes that the output is right.
   *
   * @param subject the subject
   * @param version what was measured, for a rival
   * @param implementation the kernels that run it, for an engine
   * @param maxError the largest error relative to the largest output
   * @return the note
   */
  public static Note verified(
      Subject subject, String version, String implementation, double maxError) {
    return new Note(subject, Outcome.VERIFIED, "", version, implementation, maxError);
  }

  /**
   * Notes that there is nothing to time.
   *
   * @param subject the subject
   * @param outcome what became of it
   * @param version what was tried, for a rival
   * @param failure says why
   * @return the note
   */
  public static Note failed(Subject subject, Outcome outcome, String version, Throwable failure) {
    String message = failure.getMessage();
    return new Note(
        subject, outcome, message == null ? failure.toString() : message, version, "", 0);
  }

  /**
   * Notes that a process has ended without a word.
   *
   * @param subject the subject
   * @return the note
   */
  public static Note crashed(Subject subject) {
    return new Note(
        subject, Outcome.CRASHED, "The process ended before it had a result.", "", "", 0);
  }
}
