package org.conv4j.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Nobody is left to close the first tensors when a later one does not fit. */
class TensorListTest {
  private final List<Tensor> made = new ArrayList<>();

  private Tensor make(int extent) {
    if (extent == 0) {
      throw new OutOfMemoryError("no room");
    }
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(extent));
    made.add(tensor);
    return tensor;
  }

  private void assertAllClosed() {
    assertThat(made)
        .hasSize(2)
        .allSatisfy(tensor -> assertThatIllegalStateException().isThrownBy(() -> tensor.get(0)));
  }

  @Test
  void closesWhatItMadeBeforeAFailure() {
    assertThatThrownBy(() -> TensorList.of(List.of(1, 2, 0, 3), this::make))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("no room");
    assertAllClosed();
  }

  @Test
  void closesAllWhenItIsClosed() {
    try (TensorList list = TensorList.of(List.of(1, 2), this::make)) {
      assertThat(list.toArray()).containsExactlyElementsOf(made);
      assertThat(list.toArray()[1].get(1)).isZero();
    }
    assertAllClosed();
  }
}
