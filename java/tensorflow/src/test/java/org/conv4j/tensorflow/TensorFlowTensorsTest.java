package org.conv4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

class TensorFlowTensorsTest {
  private static final Shape SHAPE = Shape.of(2, 4);

  private static TFloat32 theirs() {
    return TFloat32.tensorOf(
        NdArrays.ofFloats(org.tensorflow.ndarray.Shape.of(2, 4))
            .set(NdArrays.vectorOf(1f, -2f, 3f, -4f), 0)
            .set(NdArrays.vectorOf(-5f, 6f, -7f, 8f), 1));
  }

  private static long address(TType tensor) {
    return tensor
        .asRawTensor()
        .data()
        .accept(
            new DataStorageVisitor<Long>() {
              @Override
              public Long visit(long address, long length, long scale) {
                return address;
              }

              @Override
              public Long visit(ByteBuffer buffer) {
                return new Pointer(buffer).address();
              }

              @Override
              public Long fallback() {
                throw new AssertionError();
              }
            });
  }

  @Test
  void aViewIsTheSameMemory() {
    try (TFloat32 theirs = theirs();
        Tensor view = TensorFlowTensors.view(theirs)) {
      assertThat(view.shape()).isEqualTo(SHAPE);
      assertThat(view.<Long>withAddress(address -> address)).isEqualTo(address(theirs));
      assertThat(view.toFloatArray()).containsExactly(1, -2, 3, -4, -5, 6, -7, 8);
      view.write(7, new float[] {9}, 0, 1);
      assertThat(theirs.getFloat(1, 3)).isEqualTo(9);
      theirs.setFloat(10, 0, 0);
      assertThat(view.get(0)).isEqualTo(10);
    }
  }

  @Test
  void doublesToo() {
    try (TType theirs = TensorFlowTensors.allocate(DataType.FLOAT64, SHAPE);
        Tensor view = TensorFlowTensors.view(theirs)) {
      view.copyFrom(1.0, 2, 3, 4, 5, 6, 7, 8);
      assertThat(((TFloat64) theirs).getDouble(1, 0)).isEqualTo(5);
    }
  }

  @Test
  void aModelReadsAndWritesTheirTensors() {
    TFloat32 given = theirs();
    try (Plan plan =
            Model.of(ReLU.of(), Weights.none())
                .compile(
                    SHAPE, DataType.FLOAT32, Engines.byName("onednn"), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        TType result = TensorFlowTensors.allocate(DataType.FLOAT32, plan.outputShape());
        Tensor in = TensorFlowTensors.view(given);
        Tensor out = TensorFlowTensors.view(result)) {
      session.run(in, out);
      assertThat(((TFloat32) result).getFloat(1, 3)).isEqualTo(8);
      assertThat(((TFloat32) result).getFloat(1, 2)).isZero();

      given.close();
      assertThatThrownBy(() -> session.run(in, out))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("RawTensor, has freed it");
      assertThatThrownBy(in::toFloatArray).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> TensorFlowTensors.view(given))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingOurViewLeavesTheirTensor() {
    try (TFloat32 theirs = theirs()) {
      TensorFlowTensors.view(theirs).close();
      assertThat(theirs.getFloat(1, 3)).isEqualTo(8);
    }
  }

  /** A view alone keeps TensorFlow's memory. */
  @Test
  void theirTensorStaysReachable() {
    Tensor view = TensorFlowTensors.view(theirs());
    for (int i = 0; i < 5; i++) {
      System.gc();
      try (TFloat32 another = theirs()) {
        another.setFloat(-1, 0, 0);
      }
    }
    assertThat(view.toFloatArray()).containsExactly(1, -2, 3, -4, -5, 6, -7, 8);
    view.close();
  }

  @Test
  void otherTypesAreRefused() {
    try (TInt32 whole = TInt32.scalarOf(1)) {
      assertThatThrownBy(() -> TensorFlowTensors.view(whole))
          .isInstanceOf(InvalidBufferException.class)
          .hasMessage("conv4j has no tensors of DT_INT32, only of DT_FLOAT and DT_DOUBLE.");
    }
  }
}
