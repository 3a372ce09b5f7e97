package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elements in and out of tensors without a buffer over them. */
class BulkCopyTest {
  private static final int COUNT = 700;

  private static Tensor counting(DataType type) {
    double[] values = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = i;
    }
    return Tensor.allocate(type, Shape.of(7, 100)).copyFrom(values);
  }

  @ParameterizedTest
  @EnumSource
  void partsOfArrays(DataType type) {
    try (Tensor tensor = counting(type)) {
      float[] floats = new float[COUNT];
      tensor.read(300, floats, 5, 300);
      assertThat(floats).startsWith(0, 0, 0, 0, 0, 300, 301).endsWith(0, 0);
      assertThat(floats[304]).isEqualTo(599);
      assertThat(floats[305]).isZero();
      double[] doubles = new double[COUNT];
      tensor.read(300, doubles, 5, 300);
      assertThat(doubles[4]).isZero();
      assertThat(doubles[5]).isEqualTo(300);
      assertThat(doubles[304]).isEqualTo(599);
      assertThat(doubles[305]).isZero();

      tensor.write(1, floats, 5, 300);
      assertThat(tensor.get(0)).isZero();
      assertThat(tensor.get(1)).isEqualTo(300);
      assertThat(tensor.get(300)).isEqualTo(599);
      assertThat(tensor.get(301)).isEqualTo(301);
      tensor.write(400, doubles, 304, 2);
      assertThat(tensor.get(400)).isEqualTo(599);
      assertThat(tensor.get(401)).isZero();
      assertThat(tensor.get(402)).isEqualTo(402);
    }
  }

  @ParameterizedTest
  @EnumSource
  void buffersOfAnyKind(DataType type) {
    ByteBuffer other =
        ByteBuffer.allocateDirect(8 * COUNT + 8)
            .order(
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                    ? ByteOrder.LITTLE_ENDIAN
                    : ByteOrder.BIG_ENDIAN);
    try (Tensor tensor = counting(type);
        Tensor copy = Tensor.allocate(type, tensor.shape())) {
      for (FloatBuffer floats :
          new FloatBuffer[] {FloatBuffer.allocate(COUNT + 1), other.asFloatBuffer()}) {
        floats.position(1);
        tensor.copyTo(floats);
        assertThat(floats.position()).isEqualTo(COUNT + 1);
        assertThat(floats.get(COUNT)).isEqualTo(COUNT - 1);
        copy.copyFrom(floats.position(1));
        assertThat(floats.position()).isEqualTo(COUNT + 1);
        assertThat(copy.toDoubleArray()).isEqualTo(tensor.toDoubleArray());
        copy.copyFrom(new double[COUNT]);
      }
      for (DoubleBuffer doubles :
          new DoubleBuffer[] {DoubleBuffer.allocate(COUNT + 1), other.asDoubleBuffer()}) {
        doubles.position(1);
        tensor.copyTo(doubles);
        assertThat(doubles.position()).isEqualTo(COUNT + 1);
        assertThat(doubles.get(COUNT)).isEqualTo(COUNT - 1);
        copy.copyFrom(doubles.position(1));
        assertThat(doubles.position()).isEqualTo(COUNT + 1);
        assertThat(copy.toDoubleArray()).isEqualTo(tensor.toDoubleArray());
        copy.copyFrom(new double[COUNT]);
      }
      for (ByteBuffer bytes : new ByteBuffer[] {ByteBuffer.allocate(8 * COUNT + 8), other}) {
        bytes.position(3);
        tensor.copyTo(bytes);
        assertThat(bytes.position()).isEqualTo(3 + type.bytes() * COUNT);
        int second = 3 + type.bytes();
        assertThat(type == DataType.FLOAT32 ? bytes.getFloat(second) : bytes.getDouble(second))
            .isEqualTo(1);
        copy.copyFrom(bytes.position(3));
        assertThat(bytes.position()).isEqualTo(3 + type.bytes() * COUNT);
        assertThat(copy.toDoubleArray()).isEqualTo(tensor.toDoubleArray());
        copy.copyFrom(new double[COUNT]);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    try (Tensor tensor = counting(DataType.FLOAT32)) {
      FloatBuffer small = FloatBuffer.allocate(COUNT - 1);
      assertThatThrownBy(() -> tensor.copyTo(small))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("needs 700 remaining in the buffer; it has 699");
      assertThat(small.position()).isZero();
      assertThatThrownBy(() -> tensor.copyFrom(small)).isInstanceOf(ShapeMismatchException.class);
      assertThatThrownBy(() -> tensor.copyTo(FloatBuffer.allocate(COUNT).asReadOnlyBuffer()))
          .isInstanceOf(InvalidBufferException.class);
      float[] array = new float[10];
      assertThatThrownBy(() -> tensor.read(0, array, 5, 6))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> tensor.read(COUNT - 1, array, 0, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> tensor.write(-1, array, 0, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> tensor.write(0, new double[3], 2, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  /** 10,000 results of 64 KiB, which a buffer over each would keep until a collection. */
  @Test
  void readingResultsLeavesNoMemoryBehind() {
    float[] floats = new float[1 << 14];
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());
    long before = directMemory();
    long most = 0;
    for (int i = 0; i < 10_000; i++) {
      try (Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(floats.length))) {
        tensor.write(0, floats, 0, floats.length);
        tensor.read(floats);
        tensor.copyTo(bytes.clear());
      }
      most = Math.max(most, directMemory());
    }
    assertThat(most - before).isLessThan(1 << 20);
  }

  private static long directMemory() {
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals("direct")) {
        return pool.getMemoryUsed();
      }
    }
    throw new AssertionError("no pool of direct memory");
  }
}
