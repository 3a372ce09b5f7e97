package org.conv4j.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OnnxTensorsTest {
  private static final Shape IMAGE = Shape.of(1, 8, 8, 1);
  private static final OrtEnvironment ORT = OrtEnvironment.getEnvironment();

  private static OrtSession session(String model) throws OrtException, IOException {
    try (InputStream file = OnnxTensorsTest.class.getResourceAsStream(model)) {
      return ORT.createSession(file.readAllBytes());
    }
  }

  private static long address(Tensor tensor) {
    return tensor.withAddress(address -> address);
  }

  private static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Test
  void aTensorOfOurs() throws OrtException {
    for (DataType type : DataType.values()) {
      Tensor tensor = Tensor.allocate(type, Shape.of(2, 3)).copyFrom(1.0, 2, 3, 4, 5, 6);
      try (OnnxTensor view = OnnxTensors.of(ORT, tensor)) {
        Buffer theirs = view.getBufferRef().orElseThrow();
        assertThat(new Pointer(theirs).address()).isEqualTo(address(tensor));
        assertThat(view.getInfo().getShape()).containsExactly(2, 3);
        tensor.write(0, new double[] {7}, 0, 1);
        tensor.close();
        System.gc();
        try (Tensor copy = OnnxTensors.copyOf(view)) {
          assertThat(copy.toDoubleArray()).containsExactly(7, 2, 3, 4, 5, 6);
        }
      }
    }
  }

  @Test
  void aTensorOfTheirs() throws OrtException {
    ByteBuffer memory = memory(32);
    for (Supplier<OnnxTensor> theirs :
        List.<Supplier<OnnxTensor>>of(
            () -> create(memory.asFloatBuffer()), () -> createOfBytes(memory))) {
      OnnxTensor tensor = theirs.get();
      Tensor view = OnnxTensors.view(tensor);
      assertThat(view.shape()).isEqualTo(Shape.of(2, 4));
      assertThat(address(view)).isEqualTo(new Pointer(memory).address());
      view.transform(x -> 3);
      assertThat(tensor.getFloatBuffer().get(7)).isEqualTo(3);

      tensor.close();
      assertThatThrownBy(view::toFloatArray)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("OnnxTensor, has freed it");
      assertThatThrownBy(() -> OnnxTensors.view(tensor)).isInstanceOf(IllegalStateException.class);
      view.close();
    }
  }

  @Test
  void closingOurViewLeavesTheirTensor() throws OrtException {
    try (OnnxTensor tensor = create(memory(32).asFloatBuffer())) {
      OnnxTensors.view(tensor).close();
      assertThat(tensor.isClosed()).isFalse();
      assertThat(tensor.getFloatBuffer().get(0)).isZero();
    }
  }

  private static OnnxTensor create(FloatBuffer buffer) {
    try {
      return OnnxTensor.createTensor(ORT, buffer, new long[] {2, 4});
    } catch (OrtException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static OnnxTensor createOfBytes(ByteBuffer buffer) {
    try {
      return OnnxTensor.createTensor(ORT, buffer, new long[] {2, 4}, OnnxJavaType.FLOAT);
    } catch (OrtException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void aSessionWritesIntoATensorOfOurs() throws OrtException, IOException {
    try (OrtSession scale = session("scale.onnx");
        Tensor pixels = Tensor.allocate(DataType.FLOAT32, IMAGE);
        Tensor image = Tensor.allocate(DataType.FLOAT32, IMAGE);
        OnnxTensor from = OnnxTensors.of(ORT, pixels);
        OnnxTensor to = OnnxTensors.of(ORT, image)) {
      pixels.transform(x -> 51);
      scale.run(Map.of("pixels", from), Map.of("image", to)).close();
      assertThat(image.get(63)).isEqualTo(0.2f);
    }
  }

  @Test
  void whatASessionAllocatesIsCopiedOnly() throws OrtException, IOException {
    try (OrtSession scale = session("scale.onnx");
        Tensor pixels = Tensor.allocate(DataType.FLOAT32, IMAGE);
        OnnxTensor from = OnnxTensors.of(ORT, pixels);
        OrtSession.Result result = scale.run(Map.of("pixels", from))) {
      OnnxTensor image = (OnnxTensor) result.get(0);
      assertThatThrownBy(() -> OnnxTensors.view(image))
          .isInstanceOf(InvalidBufferException.class)
          .hasMessageContaining("pinned output");
      try (Tensor copy = OnnxTensors.copyOf(image)) {
        assertThat(copy.shape()).isEqualTo(IMAGE);
      }
    }
  }

  @Test
  void otherTypesAndViewsOfViewsAreRefused() throws OrtException {
    try (OnnxTensor whole = OnnxTensor.createTensor(ORT, new long[] {1, 2})) {
      assertThatThrownBy(() -> OnnxTensors.view(whole))
          .isInstanceOf(InvalidBufferException.class)
          .hasMessage("conv4j has no tensors of INT64, only of FLOAT and DOUBLE.");
    }
    try (OnnxTensor floats = create(memory(32).asFloatBuffer());
        Tensor view = OnnxTensors.view(floats)) {
      assertThatThrownBy(() -> OnnxTensors.of(ORT, view))
          .isInstanceOf(InvalidBufferException.class);
    }
  }
}
