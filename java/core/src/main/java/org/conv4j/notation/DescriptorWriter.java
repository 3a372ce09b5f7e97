package org.conv4j.notation;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** Writes a descriptor with nothing in it that {@link Descriptor} would assume anyway. */
final class DescriptorWriter {
  private final StringBuilder text = new StringBuilder();
  private final List<String> axes;

  DescriptorWriter(int rank) {
    axes = Descriptor.AXES.subList(Descriptor.AXES.size() - rank, Descriptor.AXES.size());
  }

  DescriptorWriter scalar(String key, long value) {
    text.append(key).append(value);
    return this;
  }

  /** Writes one quantity, leaving out the axes that would inherit the right value. */
  DescriptorWriter quantity(String quantity, int otherwise, IntUnaryOperator value) {
    int inherited = otherwise;
    for (int i = 0; i < axes.size(); i++) {
      int given = value.applyAsInt(i);
      if (given != inherited) {
        scalar(quantity + axes.get(i), given);
      }
      inherited = given;
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
