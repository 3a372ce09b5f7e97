package org.conv4j.stream;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.conv4j.lowering.Step;
import org.conv4j.stream.analysis.History;
import org.conv4j.stream.analysis.Schedule;
import org.conv4j.tensor.DataType;
import org.conv4j.weights.Constant;

/** A number by which states of one network are told from those of others, on any engine. */
final class Fingerprint {
  /** Of each weight; to tell networks apart, not to guard against forgery. */
  private static final int MOST_NUMBERS = 256;

  private final CRC32 sum = new CRC32();

  private Fingerprint() {}

  static long of(Schedule schedule, DataType dataType) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(dataType.name());
    for (History history : schedule.histories()) {
      fingerprint.add(history.toString());
    }
    for (Step step : schedule.program().program().steps()) {
      fingerprint.add(step.op().toString());
      fingerprint.add(step.inputs().toString());
      for (Constant constant : step.constants()) {
        fingerprint.add(constant);
      }
    }
    return fingerprint.sum.getValue();
  }

  private void add(String text) {
    sum.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(Constant constant) {
    int count = (int) Math.min(MOST_NUMBERS, constant.shape().elementCount());
    double[] numbers = new double[count];
    try (Constant.Reader reader = constant.reader()) {
      reader.read(0, numbers, count);
    }
    for (double number : numbers) {
      add(Double.toHexString(number));
    }
  }
}
