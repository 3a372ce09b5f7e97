package org.conv4j.onednn.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** Memory of another library, of which only the address is known. */
class PointerAddressesTest {
  private static final Shape SHAPE = Shape.of(1, 4);

  @Test
  void aTensorOverAnAddressIsTheMemoryThere() {
    try (FloatPointer foreign = new FloatPointer(1, -2, 3, -4);
        Tensor view = view(foreign, new AtomicBoolean(true))) {
      assertThat(view.toFloatArray()).containsExactly(1, -2, 3, -4);
      view.write(1, new float[] {7}, 0, 1);
      assertThat(foreign.get(1)).isEqualTo(7);
      assertThat(view.<Long>withAddress(address -> address)).isEqualTo(foreign.address());
      assertThat(view.slice(2, Shape.of(2)).<Long>withAddress(address -> address))
          .isEqualTo(foreign.address() + 8);
    }
  }

  @Test
  void oneDnnReadsAndWritesIt() {
    AtomicBoolean open = new AtomicBoolean(true);
    try (Plan plan =
            Model.of(ReLU.of(), Weights.none())
                .compile(
                    SHAPE, DataType.FLOAT32, Engines.byName("onednn"), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        FloatPointer input = new FloatPointer(1, -2, 3, -4);
        FloatPointer output = new FloatPointer(4);
        Tensor in = view(input, open);
        Tensor out = view(output, open)) {
      session.run(in, out);
      assertThat(new float[] {output.get(0), output.get(1), output.get(2), output.get(3)})
          .containsExactly(1, 0, 3, 0);
      open.set(false);
      assertThatThrownBy(() -> session.run(in, out))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("FloatPointer, has freed it");
    }
  }

  @Test
  void addressesOfTensorsOfOurOwn() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
    Tensor allocated = Tensor.allocate(DataType.FLOAT64, SHAPE);
    try (Tensor wrapped = Tensor.wrap(DataType.FLOAT32, SHAPE, buffer)) {
      assertThat(wrapped.<Long>withAddress(address -> address))
          .isEqualTo(new Pointer(buffer).address());
      assertThat(allocated.<Long>withAddress(address -> address) % 64).isZero();
      allocated.close();
      assertThatThrownBy(() -> allocated.withAddress(address -> address))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void theMemoryStaysWhileAFunctionHasItsAddress() {
    Tensor tensor = Tensor.of(SHAPE, 1f, 2f, 3f, 4f);
    float third =
        tensor.withAddress(
            address -> {
              tensor.close();
              try (Tensor again =
                  Tensor.wrap(DataType.FLOAT32, SHAPE, address, tensor, () -> true)) {
                return again.toFloatArray()[2];
              }
            });
    assertThat(third).isEqualTo(3);
  }

  private static Tensor view(FloatPointer memory, AtomicBoolean open) {
    return Tensor.wrap(DataType.FLOAT32, SHAPE, memory.address(), memory, open::get);
  }
}
