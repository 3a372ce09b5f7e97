package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementTypeTest {
  private static final int HALVES = 1 << 16;

  @Test
  void readsEveryHalfPrecisionNumber() {
    ByteBuffer bytes = ByteBuffer.allocate(2);
    for (int half = 0; half < HALVES; half++) {
      double value = ElementType.FLOAT16.next(bytes.putShort(0, (short) half).rewind());
      assertThat(value).as("%04x", half).isEqualTo(Double.valueOf(half(half)));
    }
  }

  /** IEEE 754-2008, section 3.4. */
  private static double half(int bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1024 + fraction, exponent - 25);
        };
    return bits >= HALVES / 2 ? -magnitude : magnitude;
  }

  @Test
  void bfloat16IsTheUpperHalfOfAFloat() {
    ByteBuffer bytes = ByteBuffer.allocate(4);
    for (float value : new float[] {1, -2.5f, 0x1p-130f, Float.NEGATIVE_INFINITY, -0f}) {
      bytes.putFloat(0, value);
      assertThat(ElementType.BFLOAT16.next(bytes.rewind())).isEqualTo((double) value);
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void copiesToTheTypeThatItNames(ElementType type) {
    ByteBuffer bytes = ByteBuffer.allocate(3 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(type.bytes(), (byte) 1);
    double expected = type.next(bytes.slice(type.bytes(), type.bytes()).order(bytes.order()));
    try (Tensor tensor = Tensor.allocate(type.dataType(), Shape.of(5))) {
      type.copy(bytes, 3, tensor, 1);
      assertThat(tensor.toDoubleArray()).containsExactly(0, 0, expected, 0, 0);
    }
  }
}
