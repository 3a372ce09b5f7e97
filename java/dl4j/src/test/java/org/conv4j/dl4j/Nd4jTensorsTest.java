package org.conv4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class Nd4jTensorsTest {
  private static final org.nd4j.linalg.api.buffer.DataType FLOAT =
      org.nd4j.linalg.api.buffer.DataType.FLOAT;
  private static final org.nd4j.linalg.api.buffer.DataType DOUBLE =
      org.nd4j.linalg.api.buffer.DataType.DOUBLE;

  private static INDArray numbers(long... shape) {
    return Nd4j.arange(Shape.of(shape).elementCount()).castTo(FLOAT).reshape('c', shape).dup('c');
  }

  private static long address(Tensor tensor) {
    return tensor.<Long>withAddress(address -> address);
  }

  @Test
  void aViewIsTheSameMemory() {
    INDArray array = numbers(2, 3);
    try (Tensor view = Nd4jTensors.view(array)) {
      assertThat(view.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(address(view)).isEqualTo(array.data().addressPointer().address());
      assertThat(view.toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
      view.write(5, new float[] {9}, 0, 1);
      assertThat(array.getFloat(1, 2)).isEqualTo(9);
      array.putScalar(0, 1, 7);
      assertThat(view.get(1)).isEqualTo(7);
    }
    assertThat(array.wasClosed()).isFalse();
  }

  @Test
  void doublesToo() {
    INDArray array = numbers(2, 3).castTo(DOUBLE);
    try (Tensor view = Nd4jTensors.view(array)) {
      assertThat(view.dataType()).isEqualTo(DataType.FLOAT64);
      view.write(1, new double[] {0.1}, 0, 1);
      assertThat(array.getDouble(0, 1)).isEqualTo(0.1);
    }
  }

  /** Nd4j's buffers tell the address of the whole array, too. */
  @Test
  void aSliceAlongTheFirstAxisIsViewedWhereItLies() {
    INDArray array = numbers(4, 3, 2);
    INDArray slice = array.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all(), NDArrayIndex.all());
    INDArray example = array.slice(2);
    try (Tensor view = Nd4jTensors.view(slice);
        Tensor one = Nd4jTensors.view(example)) {
      assertThat(view.shape()).isEqualTo(Shape.of(2, 3, 2));
      assertThat(view.get(0)).isEqualTo(6);
      assertThat(view.get(11)).isEqualTo(17);
      assertThat(one.get(0)).isEqualTo(12);
      one.write(0, new float[] {-1}, 0, 1);
      assertThat(array.getFloat(2, 0, 0)).isEqualTo(-1);
      assertThat(view.get(6)).isEqualTo(-1);
    }
  }

  /** Strides along axes of extent 1 say nothing about memory. */
  @Test
  void singleChannelsAreViewedInEitherFormat() {
    INDArray first = numbers(2, 1, 3, 4);
    INDArray last = first.permute(0, 2, 3, 1);
    try (Tensor view = Nd4jTensors.view(last)) {
      assertThat(view.shape()).isEqualTo(Shape.of(2, 3, 4, 1));
      assertThat(address(view)).isEqualTo(first.data().addressPointer().address());
    }
  }

  @Test
  void otherOrdersAndStridesAreCopiedIfThatIsAllowed() {
    INDArray array = numbers(2, 3, 4);
    INDArray[] others = {
      array.permute(0, 2, 1),
      array.dup('f'),
      array.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3), NDArrayIndex.all()),
      array.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 4)),
      array.get(NDArrayIndex.point(1), NDArrayIndex.all(), NDArrayIndex.point(2)),
    };
    for (INDArray other : others) {
      assertThat(Nd4jTensors.isViewable(other)).isFalse();
      assertThatThrownBy(() -> Nd4jTensors.view(other))
          .isInstanceOf(InvalidBufferException.class)
          .hasMessageContaining("copy it");
      try (Tensor copy = Nd4jTensors.viewOrCopy(other)) {
        assertThat(copy.toFloatArray()).isEqualTo(other.dup('c').data().asFloat());
        assertThat(copy.shape()).isEqualTo(Shape.of(other.shape()));
      }
    }
    try (Tensor view = Nd4jTensors.viewOrCopy(array);
        Tensor copy = Nd4jTensors.copy(array)) {
      assertThat(address(view)).isEqualTo(array.data().addressPointer().address());
      assertThat(address(copy)).isNotEqualTo(address(view));
      assertThat(copy.toFloatArray()).isEqualTo(view.toFloatArray());
    }
  }

  @Test
  void aTensorIsAnArrayOverTheSameMemory() {
    try (Tensor tensor = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f)) {
      INDArray array = Nd4jTensors.array(tensor);
      assertThat(array.data().addressPointer().address()).isEqualTo(address(tensor));
      assertThat(array.shape()).containsExactly(2, 2);
      array.muli(2);
      assertThat(tensor.toFloatArray()).containsExactly(2, 4, 6, 8);
      tensor.write(3, new float[] {5}, 0, 1);
      assertThat(array.getFloat(1, 1)).isEqualTo(5);
      assertThat(array.sumNumber().doubleValue()).isEqualTo(17);
      assertThat(array.mmul(array).getFloat(0, 0)).isEqualTo(2 * 2 + 4 * 6);
      try (Tensor back = Nd4jTensors.view(array)) {
        assertThat(address(back)).isEqualTo(address(tensor));
      }
    }
    try (Tensor tensor = Tensor.of(Shape.of(3), 1d, 2d, 3d)) {
      assertThat(Nd4jTensors.array(tensor).getDouble(2)).isEqualTo(3);
    }
  }

  @Test
  void anArrayOfATensorOutlivesTheTensor() {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(1 << 20));
    tensor.transform(x -> 3);
    INDArray array = Nd4jTensors.array(tensor);
    tensor.close();
    for (int i = 0; i < 5; i++) {
      System.gc();
      Tensor.allocate(DataType.FLOAT32, Shape.of(1 << 20)).close();
    }
    assertThat(array.sumNumber().doubleValue()).isEqualTo(3.0 * (1 << 20));
  }

  @Test
  void closingTheArrayOfATensorLeavesTheTensor() {
    try (Tensor tensor = Tensor.of(Shape.of(2), 1f, 2f)) {
      INDArray array = Nd4jTensors.array(tensor);
      if (array.closeable()) {
        array.close();
      }
      assertThat(tensor.toFloatArray()).containsExactly(1, 2);
    }
  }

  @Test
  void conv4jWritesIntoArrays() {
    INDArray array = Nd4jTensors.allocate(DataType.FLOAT64, Shape.of(2, 3));
    assertThat(array.dataType()).isEqualTo(DOUBLE);
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.ordering()).isEqualTo('c');
    try (Tensor view = Nd4jTensors.view(array)) {
      view.copyFrom(1d, 2, 3, 4, 5, 6);
    }
    assertThat(array.getDouble(1, 1)).isEqualTo(5);
  }

  @Test
  void arraysOfAWorkspaceAreCopiedOnly() {
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace("Nd4jTensorsTest")) {
      INDArray array = Nd4j.createFromArray(1f, 2f, 3f);
      assertThat(array.isAttached()).isTrue();
      assertThat(workspace.getId()).isNotNull();
      assertThatThrownBy(() -> Nd4jTensors.view(array))
          .isInstanceOf(InvalidBufferException.class)
          .hasMessageContaining("workspace");
      try (Tensor copy = Nd4jTensors.viewOrCopy(array)) {
        assertThat(copy.toFloatArray()).containsExactly(1, 2, 3);
      }
      assertThat(Nd4jTensors.allocate(DataType.FLOAT32, Shape.of(2)).isAttached()).isFalse();
    }
  }

  @Test
  void whatIsNoTensorIsRefused() {
    assertThatThrownBy(() -> Nd4jTensors.view(Nd4j.createFromArray(1, 2)))
        .isInstanceOf(InvalidBufferException.class)
        .hasMessage("conv4j has no tensors of INT, only of FLOAT and DOUBLE.");
    assertThatThrownBy(() -> Nd4jTensors.copy(Nd4j.empty(FLOAT)))
        .isInstanceOf(InvalidBufferException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> Nd4jTensors.view(null)).isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> Nd4jTensors.array(null)).isInstanceOf(InvalidArgumentException.class);
    try (Tensor view = Nd4jTensors.view(numbers(2))) {
      assertThatThrownBy(() -> Nd4jTensors.array(view)).isInstanceOf(InvalidBufferException.class);
    }
  }

  @Test
  void closedArraysAreRefused() {
    INDArray array = numbers(2, 3);
    INDArray slice = array.slice(1);
    try (Tensor view = Nd4jTensors.view(array);
        Tensor part = Nd4jTensors.view(slice)) {
      array.close();
      assertThatThrownBy(view::toFloatArray).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(part::toFloatArray).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> Nd4jTensors.view(array)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> Nd4jTensors.copy(slice)).isInstanceOf(IllegalStateException.class);
      assertThat(Nd4jTensors.isViewable(array)).isFalse();
    }
  }

  /** A view alone keeps Nd4j's memory. */
  @Test
  void anArrayStaysReachable() {
    Tensor view = Nd4jTensors.view(numbers(2, 3).slice(1));
    for (int i = 0; i < 5; i++) {
      System.gc();
      numbers(2, 3).addi(i);
    }
    assertThat(view.toFloatArray()).containsExactly(3, 4, 5);
    view.close();
  }
}
