package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.cases.SmallCase;
import org.conv4j.testkit.random.RandomLayers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever tensor a caller passes: the right result or a typed exception, and nothing else. */
abstract class BufferContract extends Contract {
  private static final float GUARD = -12345;
  private static final int GUARDS = 32;

  private SmallCase small;
  private Session session;
  private Tensor output;

  BufferContract(EngineContract whole) {
    super(whole);
  }

  @BeforeEach
  void compile() {
    small = new SmallCase(engine(), reference());
    session = small.plan.newSession();
    output = small.newOutput();
  }

  /** The session must work after whatever a test did to it. */
  @AfterEach
  void theSessionStillWorks() {
    small.assertRuns(session);
    output.close();
    session.close();
    small.close();
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> session.run(null, output))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("input");
    assertThatThrownBy(() -> session.run(small.data.input(), null))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("output");
  }

  @Test
  void heapBuffersAreRefused() {
    Shape shape = small.plan.inputShape();
    int count = Math.toIntExact(shape.elementCount());
    assertThatThrownBy(() -> Tensor.wrap(shape, FloatBuffer.allocate(count)))
        .isInstanceOf(InvalidBufferException.class);
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.nativeOrder());
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, shape, bytes))
        .isInstanceOf(InvalidBufferException.class);
  }

  @Test
  void foreignByteOrderIsRefused() {
    ByteOrder foreign =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    ByteBuffer bytes = ByteBuffer.allocateDirect(8).order(foreign);
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, Shape.of(2), bytes))
        .isInstanceOf(InvalidBufferException.class);
    assertThatThrownBy(() -> Tensor.wrap(Shape.of(2), bytes.asFloatBuffer()))
        .isInstanceOf(InvalidBufferException.class);
  }

  @Test
  void misalignedByteBuffersAreRefused() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(64);
    for (int offset = 1; offset < Float.BYTES; offset++) {
      ByteBuffer misaligned = bytes.slice(offset, 8).order(ByteOrder.nativeOrder());
      assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, Shape.of(2), misaligned))
          .isInstanceOf(InvalidBufferException.class);
    }
  }

  /** A float buffer does not tell how it is aligned. */
  @Test
  void misalignedFloatBuffersAreRefusedOrRight() {
    int inputs = Math.toIntExact(small.plan.inputShape().elementCount());
    int outputs = Math.toIntExact(small.plan.outputShape().elementCount());
    for (int offset = 1; offset < Float.BYTES; offset++) {
      FloatBuffer source = misaligned(offset, inputs).put(0, small.data.input().toFloatArray());
      Throwable refused =
          catchThrowable(
              () -> {
                Tensor in = Tensor.wrap(small.plan.inputShape(), source);
                Tensor out = Tensor.wrap(small.plan.outputShape(), misaligned(1, outputs));
                session.run(in, out);
                Outputs.assertExact("misaligned", out.toDoubleArray(), small.expected);
              });
      if (refused != null) {
        assertThat(refused).isInstanceOf(InvalidBufferException.class);
      }
    }
  }

  private static FloatBuffer misaligned(int offset, int count) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(offset + count * Float.BYTES);
    return bytes.position(offset).slice().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Test
  void buffersOfAnotherSizeAreRefused() {
    Shape shape = small.plan.inputShape();
    int count = Math.toIntExact(shape.elementCount());
    for (int wrong : new int[] {0, 1, count - 1, count + 1, 2 * count}) {
      assertThatThrownBy(() -> Tensor.wrap(shape, floats(wrong)))
          .isInstanceOf(ShapeMismatchException.class);
    }
  }

  @Test
  void anotherShapeIsRefusedEvenWithAsManyElements() {
    Shape input = small.plan.inputShape();
    try (Tensor flat = small.data.input().copyAs(DataType.FLOAT32);
        Tensor batch = Tensor.allocate(DataType.FLOAT32, Shape.of(2, 6, 5, 3))) {
      Tensor reshaped = flat.reshape(Shape.of(input.elementCount()));
      assertThatThrownBy(() -> session.run(reshaped, output))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining(input.toString());
      assertThatThrownBy(() -> session.run(batch, output))
          .isInstanceOf(ShapeMismatchException.class);
      assertThatThrownBy(() -> session.run(small.data.input(), batch))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining(small.plan.outputShape().toString());
    }
  }

  @Test
  void anotherDataTypeIsRefused() {
    try (Tensor doubles = small.data.input().copyAs(DataType.FLOAT64);
        Tensor doubleOutput = Tensor.allocate(DataType.FLOAT64, small.plan.outputShape())) {
      assertThatThrownBy(() -> session.run(doubles, output))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("float64");
      assertThatThrownBy(() -> session.run(small.data.input(), doubleOutput))
          .isInstanceOf(ShapeMismatchException.class);
    }
  }

  @Test
  void aReadOnlyBufferServesAsInputButNotAsOutput() {
    FloatBuffer values = small.data.input().asFloatBuffer().asReadOnlyBuffer();
    Tensor readOnly = Tensor.wrap(small.plan.inputShape(), values);
    session.run(readOnly, output);
    Outputs.assertExact("read-only input", output.toDoubleArray(), small.expected);

    FloatBuffer target = output.asFloatBuffer().asReadOnlyBuffer();
    Tensor readOnlyOutput = Tensor.wrap(small.plan.outputShape(), target);
    assertThatThrownBy(() -> session.run(small.data.input(), readOnlyOutput))
        .isInstanceOf(InvalidBufferException.class)
        .hasMessageContaining("read-only");
  }

  /** Buffers that start anywhere, in the middle of memory that belongs to somebody else. */
  @Test
  void slicesWorkAndNothingAroundThemIsTouched() {
    for (int seed = 0; seed < 100; seed++) {
      LayerCase layerCase = RandomLayers.next(new Random(seed));
      try (CaseData data = layerCase.integers(seed);
          Plan plan = data.compile(engine(), DataType.FLOAT32);
          Session own = plan.newSession()) {
        double[] expected = data.run(reference(), DataType.FLOAT32);
        int offset = 1 + seed % 17;
        FloatBuffer memory = guarded(offset, plan.outputShape());
        int inputCount = Math.toIntExact(plan.inputShape().elementCount());
        FloatBuffer source = floats(offset + inputCount);
        source.put(offset, data.input().toFloatArray());
        own.run(
            Tensor.wrap(plan.inputShape(), source.position(offset)),
            Tensor.wrap(plan.outputShape(), memory));
        assertGuarded(layerCase, memory, expected);
      }
    }
  }

  @Test
  void anOutputThatOverlapsTheInputIsRefusedOrRight() {
    int inputs = Math.toIntExact(small.plan.inputShape().elementCount());
    int outputs = Math.toIntExact(small.plan.outputShape().elementCount());
    for (int shift = -outputs; shift <= inputs; shift++) {
      FloatBuffer memory = floats(outputs + inputs + outputs);
      memory.put(outputs, small.data.input().toFloatArray());
      Tensor in = Tensor.wrap(small.plan.inputShape(), memory.slice(outputs, inputs));
      Tensor out = Tensor.wrap(small.plan.outputShape(), memory.slice(outputs + shift, outputs));
      Throwable refused = catchThrowable(() -> session.run(in, out));
      if (refused == null) {
        Outputs.assertExact("output shifted by " + shift, out.toDoubleArray(), small.expected);
      } else {
        assertThat(refused).isInstanceOf(InvalidBufferException.class);
        assertThat(shift).as("the buffers do overlap").isBetween(1 - outputs, inputs - 1);
      }
    }
  }

  @Test
  void aTensorIsNotItsOwnOutput() {
    LayerCase sameShape = new LayerCase(Conv1D.of(3, 1), Shape.of(1, 4, 3));
    try (CaseData data = sameShape.integers(1);
        Plan plan = data.compile(engine(), DataType.FLOAT32);
        Session own = plan.newSession()) {
      assertThatThrownBy(() -> own.run(data.input(), data.input()))
          .isInstanceOf(InvalidBufferException.class);
    }
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** A buffer whose position and limit leave room for an output between guards. */
  private static FloatBuffer guarded(int offset, Shape shape) {
    int count = Math.toIntExact(shape.elementCount());
    FloatBuffer memory = floats(offset + count + GUARDS);
    for (int i = 0; i < memory.capacity(); i++) {
      memory.put(i, GUARD);
    }
    return memory.position(offset).limit(offset + count);
  }

  private static void assertGuarded(Object what, FloatBuffer memory, double[] expected) {
    int start = memory.position();
    int end = memory.limit();
    memory.clear();
    double[] actual = new double[expected.length];
    for (int i = 0; i < memory.capacity(); i++) {
      if (i >= start && i < end) {
        actual[i - start] = memory.get(i);
      } else {
        assertThat(memory.get(i)).as("%s: guard at %d", what, i - start).isEqualTo(GUARD);
      }
    }
    Outputs.assertExact(what, actual, expected);
  }
}
