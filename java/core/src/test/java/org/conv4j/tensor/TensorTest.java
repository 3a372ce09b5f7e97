package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;
import org.junit.jupiter.api.Test;

class TensorTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Test
  void anAllocatedTensorIsZeroAndAligned() {
    try (Tensor tensor = Tensor.allocate(DataType.FLOAT64, SHAPE)) {
      assertThat(tensor.toDoubleArray()).containsOnly(0.0).hasSize(6);
      assertThat(HeldElements.memory(tensor).bytes().alignmentOffset(0, Memory.ALIGNMENT)).isZero();
    }
  }

  @Test
  void elementsAreRowMajor() {
    try (Tensor tensor = Tensor.of(SHAPE, 1f, 2, 3, 4, 5, 6)) {
      assertThat(tensor.get(4)).isEqualTo(5);
      assertThatThrownBy(() -> tensor.get(6)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> tensor.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void arraysOfTheWrongLengthAreRefused() {
    assertThatThrownBy(() -> Tensor.of(SHAPE, 1f))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("(2, 3) has 6 elements; given 1");
    try (Tensor tensor = Tensor.allocate(DataType.FLOAT32, SHAPE)) {
      assertThatThrownBy(() -> tensor.copyFrom(new double[7]))
          .isInstanceOf(ShapeMismatchException.class);
      assertThatThrownBy(() -> tensor.read(new float[5]))
          .isInstanceOf(ShapeMismatchException.class);
      assertThatThrownBy(() -> tensor.reshape(Shape.of(5)))
          .isInstanceOf(ShapeMismatchException.class);
    }
  }

  @Test
  void aTensorBeyondOneBufferIsRefused() {
    assertThatThrownBy(() -> Tensor.allocate(DataType.FLOAT32, Shape.of(1L << 30)))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> Tensor.allocate(DataType.FLOAT64, Shape.of(1L << 62)))
        .isInstanceOf(ShapeMismatchException.class);
  }

  @Test
  void convertingToFloat32RoundsToNearestAndToFloat64IsExact() {
    double third = 1.0 / 3;
    try (Tensor wide = Tensor.of(Shape.of(3), third, 1e300, Double.NaN);
        Tensor narrow = wide.copyAs(DataType.FLOAT32);
        Tensor back = narrow.copyAs(DataType.FLOAT64)) {
      assertThat(narrow.toFloatArray())
          .containsExactly((float) third, Float.POSITIVE_INFINITY, Float.NaN);
      assertThat(back.toDoubleArray()[0]).isEqualTo((float) third);
    }
  }

  @Test
  void aCopyDoesNotShareMemory() {
    try (Tensor origin = Tensor.of(Shape.of(1), 1f);
        Tensor copy = origin.copyAs(DataType.FLOAT32)) {
      origin.copyFrom(2f);
      assertThat(copy.get(0)).isEqualTo(1);
    }
  }

  @Test
  void aWrappedBufferIsSharedNotCopied() {
    ByteBuffer buffer = direct(24);
    try (Tensor tensor = Tensor.wrap(DataType.FLOAT32, SHAPE, buffer)) {
      buffer.putFloat(4, 7);
      assertThat(tensor.get(1)).isEqualTo(7);
      tensor.copyFrom(1f, 2, 3, 4, 5, 6);
      assertThat(buffer.getFloat(20)).isEqualTo(6);
    }
    assertThat(buffer.getFloat(20)).isEqualTo(6);
  }

  @Test
  void wrappingUsesWhatLiesBetweenPositionAndLimit() {
    FloatBuffer buffer = direct(40).asFloatBuffer();
    buffer.put(3, 9).position(3).limit(9);
    try (Tensor tensor = Tensor.wrap(SHAPE, buffer)) {
      assertThat(tensor.get(0)).isEqualTo(9);
    }
    assertThat(buffer.position()).isEqualTo(3);
  }

  @Test
  void aBufferOnTheHeapIsRefused() {
    assertThatThrownBy(() -> Tensor.wrap(SHAPE, FloatBuffer.allocate(6)))
        .isInstanceOf(InvalidBufferException.class)
        .hasMessageContaining("heap");
  }

  @Test
  void aBufferInTheOtherByteOrderIsRefused() {
    ByteOrder other =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    ByteBuffer buffer = ByteBuffer.allocateDirect(24).order(other);
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, SHAPE, buffer))
        .isInstanceOf(InvalidBufferException.class)
        .hasMessageContaining(other.toString());
    assertThatThrownBy(() -> Tensor.wrap(SHAPE, buffer.asFloatBuffer()))
        .isInstanceOf(InvalidBufferException.class);
  }

  @Test
  void aMisalignedOrWronglySizedBufferIsRefused() {
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, SHAPE, direct(28).position(1).limit(25)))
        .isInstanceOf(InvalidBufferException.class);
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, SHAPE, direct(28)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("needs 24 bytes; the buffer has 28");
  }

  @Test
  void aReadOnlyBufferCanBeReadButNotWritten() {
    FloatBuffer buffer = direct(24).asFloatBuffer().put(2, 5).asReadOnlyBuffer();
    try (Tensor tensor = Tensor.wrap(SHAPE, buffer)) {
      assertThat(tensor.isReadOnly()).isTrue();
      assertThat(tensor.get(2)).isEqualTo(5);
      assertThatThrownBy(() -> tensor.copyFrom(new float[6]))
          .isInstanceOf(InvalidBufferException.class);
      assertThatThrownBy(() -> tensor.transform(x -> x)).isInstanceOf(InvalidBufferException.class);
    }
  }

  @Test
  void viewsShareMemoryAndLifetime() {
    Tensor origin = Tensor.of(SHAPE, 1f, 2, 3, 4, 5, 6);
    Tensor column = origin.reshape(Shape.of(6, 1));
    Tensor tail = origin.slice(4, Shape.of(2));
    tail.copyFrom(8f, 9);
    assertThat(column.get(5)).isEqualTo(9);
    column.close();
    assertThatThrownBy(() -> origin.get(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tail.get(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aViewOutsideItsBlockOrMisalignedIsRefused() {
    try (Tensor block = Tensor.allocate(DataType.FLOAT64, Shape.of(3))) {
      for (long offset : new long[] {-4, 20, 24, Long.MAX_VALUE}) {
        assertThatThrownBy(() -> block.view(offset, DataType.FLOAT32, Shape.of(2)))
            .isInstanceOf(ShapeMismatchException.class);
      }
      assertThatThrownBy(() -> block.view(2, DataType.FLOAT32, Shape.of(2)))
          .isInstanceOf(InvalidBufferException.class);
    }
  }

  @Test
  void aViewOfASliceStartsAtTheSlice() {
    try (Tensor tensor = Tensor.of(Shape.of(4), 1f, 2, 3, 4)) {
      Tensor slice = tensor.slice(2, Shape.of(2));
      assertThat(slice.view(4, DataType.FLOAT32, Shape.of(1)).get(0)).isEqualTo(4);
      assertThatThrownBy(() -> slice.view(8, DataType.FLOAT32, Shape.of(1)))
          .isInstanceOf(ShapeMismatchException.class);
    }
  }

  @Test
  void everyUseAfterCloseIsRefusedAndASecondCloseDoesNothing() {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, SHAPE);
    tensor.close();
    tensor.close();
    assertThatThrownBy(tensor::toFloatArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(tensor::toDoubleArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(tensor::asFloatBuffer).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.copyFrom(new float[6]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.copyAs(DataType.FLOAT64))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.reshape(Shape.of(6))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tensor.transform(x -> x)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBufferHandedOutOutlivesTheClose() {
    Tensor tensor = Tensor.of(Shape.of(1), 3f);
    FloatBuffer buffer = tensor.asFloatBuffer();
    tensor.close();
    assertThat(buffer.get(0)).isEqualTo(3);
  }

  @Test
  void theBufferOfTheOtherTypeIsRefused() {
    try (Tensor tensor = Tensor.allocate(DataType.FLOAT64, SHAPE)) {
      assertThatThrownBy(tensor::asFloatBuffer)
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("float64 elements, not float32");
    }
  }

  @Test
  void aWrappedTypedBufferHasNoBytesToOffer() {
    try (Tensor tensor = Tensor.wrap(SHAPE, direct(24).asFloatBuffer())) {
      assertThatThrownBy(() -> HeldElements.memory(tensor).bytes())
          .isInstanceOf(InvalidBufferException.class);
      assertThatThrownBy(() -> tensor.view(0, DataType.FLOAT32, Shape.of(1)))
          .isInstanceOf(InvalidBufferException.class);
    }
  }

  @Test
  void tensorsOverlapWhereTheyShareBytesOfABlock() {
    try (Tensor block = Tensor.allocate(DataType.FLOAT64, Shape.of(6))) {
      Tensor first = block.view(0, DataType.FLOAT32, SHAPE);
      Tensor second = block.view(24, DataType.FLOAT32, SHAPE);
      Tensor middle = block.view(20, DataType.FLOAT32, SHAPE);
      assertThat(first.overlaps(second)).isFalse();
      assertThat(first.overlaps(middle)).isTrue();
      assertThat(middle.overlaps(second)).isTrue();
      assertThat(second.reshape(Shape.of(6)).overlaps(second)).isTrue();
      assertThat(second.reshape(Shape.of(6)).overlaps(first)).isFalse();
    }
  }

  @Test
  void aPartIsReadAndWrittenInEveryType() {
    for (DataType dataType : DataType.values()) {
      try (Tensor tensor = Tensor.allocate(dataType, SHAPE).copyFrom(1.0, 2, 3, 4, 5, 6)) {
        tensor.write(1, new double[] {20, 30, 40}, 0, 2);
        assertThat(tensor.toDoubleArray()).containsExactly(1, 20, 30, 4, 5, 6);
        double[] part = new double[4];
        tensor.read(2, part, 0, 3);
        assertThat(part).containsExactly(30, 4, 5, 0);
      }
    }
  }

  @Test
  void aPartThatReachesBeyondTheTensorIsRefused() {
    try (Tensor tensor = Tensor.allocate(DataType.FLOAT32, SHAPE)) {
      double[] part = new double[8];
      assertThatThrownBy(() -> tensor.read(4, part, 0, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> tensor.write(-1, part, 0, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
