package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory of {@code java.lang.foreign}, by reflection: this is compiled for older versions too. */
@EnabledForJreRange(minVersion = 22)
class ArenaBuffersTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  private static Object arena(String factory) throws ReflectiveOperationException {
    return Class.forName("java.lang.foreign.Arena").getMethod(factory).invoke(null);
  }

  private static ByteBuffer buffer(Object arena) throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.lang.foreign.Arena");
    Object segment = type.getMethod("allocate", long.class, long.class).invoke(arena, 24L, 64L);
    return ((ByteBuffer)
            Class.forName("java.lang.foreign.MemorySegment")
                .getMethod("asByteBuffer")
                .invoke(segment))
        .order(ByteOrder.nativeOrder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofShared", "ofConfined"})
  void memoryThatItsOwnerMayCloseIsRefused(String factory) throws Exception {
    try (AutoCloseable arena = (AutoCloseable) arena(factory)) {
      ByteBuffer bytes = buffer(arena);
      for (ByteBuffer given :
          new ByteBuffer[] {
            bytes, bytes.asReadOnlyBuffer().order(bytes.order()), bytes.slice().order(bytes.order())
          }) {
        assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, SHAPE, given))
            .isInstanceOf(InvalidBufferException.class)
            .hasMessageContaining("Arena.ofAuto()")
            .hasMessageContaining("Tensor.of");
        assertThatThrownBy(() -> Tensor.wrap(SHAPE, given.asFloatBuffer()))
            .isInstanceOf(InvalidBufferException.class);
        assertThatThrownBy(() -> Tensor.wrap(Shape.of(3), given.asDoubleBuffer()))
            .isInstanceOf(InvalidBufferException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofAuto", "global"})
  void memoryThatLastsIsWrapped(String factory) throws Exception {
    ByteBuffer bytes = buffer(arena(factory));
    try (Tensor tensor = Tensor.wrap(DataType.FLOAT32, SHAPE, bytes)) {
      bytes.putFloat(4, 5);
      assertThat(tensor.get(1)).isEqualTo(5);
    }
  }

  @Test
  void aBufferOfATensorMayBeWrappedAgain() {
    Tensor tensor = Tensor.of(SHAPE, 1f, 2, 3, 4, 5, 6);
    FloatBuffer elements = tensor.asFloatBuffer();
    try (Tensor again = Tensor.wrap(Shape.of(4), elements.position(2).slice())) {
      tensor.close();
      assertThat(again.toFloatArray()).containsExactly(3, 4, 5, 6);
    }
  }
}
