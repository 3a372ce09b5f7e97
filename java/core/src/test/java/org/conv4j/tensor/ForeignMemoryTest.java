package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** Tensors over memory that its owner may free. */
class ForeignMemoryTest {
  private static final Shape SHAPE = Shape.of(1, 4);

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder()).putFloat(8, -3);

  private Tensor view() {
    return Tensor.wrap(DataType.FLOAT32, SHAPE, memory, this, open::get);
  }

  @Test
  void sharesTheMemory() {
    try (Tensor view = view()) {
      assertThat(view.toFloatArray()).containsExactly(0, 0, -3, 0);
      view.copyFrom(1, 2, 3, 4);
      assertThat(memory.getFloat(4)).isEqualTo(2);
    }
    assertThat(memory.getFloat(4)).isEqualTo(2);
  }

  @Test
  void everythingThrowsOnceTheOwnerIsClosed() {
    Tensor view = view();
    Tensor part = view.slice(1, Shape.of(2));
    open.set(false);

    List<ThrowingCallable> uses =
        List.of(
            view::toFloatArray,
            view::toDoubleArray,
            part::toFloatArray,
            () -> view.get(0),
            () -> view.read(new float[4]),
            () -> view.read(0, new float[1], 0, 1),
            () -> view.read(0, new double[1], 0, 1),
            () -> view.copyTo(FloatBuffer.allocate(4)),
            () -> view.copyTo(DoubleBuffer.allocate(4)),
            () -> view.copyTo(ByteBuffer.allocate(16)),
            () -> view.copyFrom(1, 2, 3, 4),
            () -> view.copyFrom(FloatBuffer.allocate(4)),
            () -> view.copyFrom(DoubleBuffer.allocate(4)),
            () -> view.copyFrom(ByteBuffer.allocate(16)),
            () -> view.write(0, new float[1], 0, 1),
            () -> view.write(0, new double[1], 0, 1),
            () -> view.transform(x -> x),
            () -> view.copyAs(DataType.FLOAT64),
            () -> view.reshape(Shape.of(4)),
            () -> view.slice(0, Shape.of(1)));
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("its owner, a " + getClass().getName() + ", has freed it");
    }
    assertThat(view.isClosed()).isTrue();
    assertThatThrownBy(this::view).isInstanceOf(IllegalStateException.class);
    assertThatCode(view::close).doesNotThrowAnyException();
  }

  @Test
  void aRunThrowsWhicheverTensorIsTheOwners() {
    try (Plan plan =
            Model.of(ReLU.of(), Weights.none())
                .compile(SHAPE, DataType.FLOAT32, Engines.byName("java"), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor other = Tensor.allocate(DataType.FLOAT32, SHAPE);
        Tensor view = view()) {
      session.run(view, other);
      open.set(false);
      assertThatThrownBy(() -> session.run(view, other)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> session.run(other, view)).isInstanceOf(IllegalStateException.class);
      open.set(true);
      session.run(other, view);
    }
  }

  @Test
  void closingTheTensorEndsTheViewOnly() {
    Tensor view = view();
    view.close();
    assertThatThrownBy(view::toFloatArray)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This tensor's memory is closed.");
    assertThat(memory.getFloat(8)).isEqualTo(-3);
  }

  @Test
  void aSupplierThatThrowsLeavesTheTensorAsItWas() {
    boolean[] broken = {false};
    Tensor view =
        Tensor.wrap(
            DataType.FLOAT32,
            SHAPE,
            memory,
            this,
            () -> {
              if (broken[0]) {
                throw new UnsupportedOperationException("broken");
              }
              return true;
            });
    broken[0] = true;
    assertThatThrownBy(view::toFloatArray).hasMessage("broken");
    broken[0] = false;
    assertThat(view.get(2)).isEqualTo(-3);
  }

  @Test
  void theOwnerStaysReachableForAsLongAsTheTensor() throws InterruptedException {
    Object owner = new Object();
    WeakReference<Object> reference = new WeakReference<>(owner);
    Tensor view = Tensor.wrap(DataType.FLOAT32, SHAPE, memory, owner, () -> true);
    Tensor part = view.slice(0, Shape.of(2));
    owner = null;
    view = null;
    System.gc();
    assertThat(reference.get()).isNotNull();
    Reference.reachabilityFence(part);
    part = null;
    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(reference.get()).isNull();
  }

  @Test
  void buffersOfNumbersAreWrappedWithTheirOwner() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder());
    Tensor floats = Tensor.wrap(Shape.of(8), bytes.asFloatBuffer(), this, open::get);
    Tensor doubles = Tensor.wrap(Shape.of(4), bytes.asDoubleBuffer(), this, open::get);
    doubles.copyFrom(1.0, 2, 3, 4);
    assertThat(bytes.getDouble(8)).isEqualTo(2);
    floats.transform(x -> 5);
    assertThat(bytes.getFloat(28)).isEqualTo(5);
    open.set(false);
    for (Tensor tensor : new Tensor[] {floats, doubles}) {
      assertThatThrownBy(tensor::toDoubleArray).isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> Tensor.wrap(Shape.of(8), FloatBuffer.allocate(8), this, () -> true))
        .isInstanceOf(InvalidBufferException.class);
  }

  @Test
  void noBufferIsHandedOut() {
    try (Tensor view = view()) {
      assertThatThrownBy(view::asFloatBuffer)
          .isInstanceOf(InvalidBufferException.class)
          .hasMessageContaining("which may free it under a buffer");
    }
  }

  @Test
  void rejectsWhatCannotBeATensor() {
    Tensor.wrap(DataType.FLOAT32, SHAPE, memory, this, open::get).close();
    assertThatThrownBy(
            () -> Tensor.wrap(DataType.FLOAT32, SHAPE, ByteBuffer.allocate(16), this, open::get))
        .isInstanceOf(InvalidBufferException.class);
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT64, SHAPE, memory, this, open::get))
        .isInstanceOf(ShapeMismatchException.class);
    for (long address : new long[] {0, -8, 6}) {
      assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, SHAPE, address, this, open::get))
          .isInstanceOf(InvalidBufferException.class)
          .hasMessageContaining("positive multiple of 4");
    }
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, Shape.of(1 << 30), 64, this, open::get))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> Tensor.wrap(DataType.FLOAT32, SHAPE, memory, null, open::get))
        .isInstanceOf(NullPointerException.class);
  }
}
