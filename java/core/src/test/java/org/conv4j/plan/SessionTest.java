package org.conv4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.reshaping.Reshape;
import org.conv4j.model.Model;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Shape SHAPE = Shape.of(1, 3, 1);

  private static Plan plan() {
    try (Tensor kernel = Tensor.of(Shape.of(1, 1, 1), 2f)) {
      return Model.of(Conv1D.of(1, 1).useBias(false), Weights.of(kernel))
          .compile(SHAPE, DataType.FLOAT32, new ReferenceEngine(), CompileOptions.DEFAULT);
    }
  }

  @Test
  void aSessionOutlivesItsPlan() {
    Plan plan = plan();
    try (Session session = plan.newSession();
        Tensor input = Tensor.of(SHAPE, 1f, 2, 3);
        Tensor output = Tensor.allocate(DataType.FLOAT32, SHAPE)) {
      plan.close();
      plan.close();
      session.run(input, output);
      assertThat(output.toFloatArray()).containsExactly(2, 4, 6);
      assertThatThrownBy(plan::newSession).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anOutputThatSharesMemoryWithTheInputIsRefused() {
    try (Plan plan = plan();
        Session session = plan.newSession();
        Tensor input = Tensor.of(SHAPE, 1f, 2, 3)) {
      assertThatThrownBy(() -> session.run(input, input))
          .isInstanceOf(InvalidBufferException.class);
      assertThatThrownBy(() -> session.run(input, input.reshape(SHAPE)))
          .isInstanceOf(InvalidBufferException.class);
    }
  }

  @Test
  void aReadOnlyOutputIsRefused() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder());
    try (Plan plan = plan();
        Session session = plan.newSession();
        Tensor input = Tensor.of(SHAPE, 1f, 2, 3);
        Tensor output = Tensor.wrap(SHAPE, bytes.asFloatBuffer().asReadOnlyBuffer())) {
      assertThatThrownBy(() -> session.run(input, output))
          .isInstanceOf(InvalidBufferException.class);
    }
  }

  @Test
  void anotherShapeOrTypeIsRefusedWithBothInTheMessage() {
    try (Plan plan = plan();
        Session session = plan.newSession();
        Tensor good = Tensor.allocate(DataType.FLOAT32, SHAPE);
        Tensor wide = Tensor.allocate(DataType.FLOAT64, SHAPE);
        Tensor longer = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 4, 1))) {
      assertThatThrownBy(() -> session.run(wide, good))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessage("The input must be float32(1, 3, 1); given float64(1, 3, 1).");
      assertThatThrownBy(() -> session.run(good, longer))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessage("The output must be float32(1, 3, 1); given float32(1, 4, 1).");
    }
  }

  @Test
  void aFailedRunLeavesTheSessionUsable() {
    try (Plan plan = plan();
        Session session = plan.newSession();
        Tensor input = Tensor.of(SHAPE, 1f, 2, 3);
        Tensor output = Tensor.allocate(DataType.FLOAT32, SHAPE)) {
      Tensor closed = Tensor.allocate(DataType.FLOAT32, SHAPE);
      closed.close();
      assertThatThrownBy(() -> session.run(closed, output))
          .isInstanceOf(IllegalStateException.class);
      session.run(input, output);
      assertThat(output.toFloatArray()).containsExactly(2, 4, 6);
    }
  }

  @Test
  void aClosedSessionRefusesToRunAndClosesTwice() {
    try (Plan plan = plan();
        Tensor input = Tensor.of(SHAPE, 1f, 2, 3);
        Tensor output = Tensor.allocate(DataType.FLOAT32, SHAPE)) {
      Session session = plan.newSession();
      session.close();
      session.close();
      assertThatThrownBy(() -> session.run(input, output))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("This session is closed.");
    }
  }

  @Test
  void aBatchOfOneHasOneExample() {
    try (Plan plan =
            Model.of(Reshape.of(6), Weights.none())
                .compile(
                    Shape.of(1, 6),
                    DataType.FLOAT32,
                    new ReferenceEngine(),
                    CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 6));
        Tensor output = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 6))) {
      assertThat(plan.examples()).isEqualTo(1);
      session.run(input, output, 1);
      assertThatThrownBy(() -> session.run(input, output, 2))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("cannot compute 2 examples");
    }
  }
}
