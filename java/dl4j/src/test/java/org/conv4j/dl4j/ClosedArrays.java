package org.conv4j.dl4j;

import java.util.function.Supplier;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Run in a JVM of its own, which a read of freed memory would end: closes one side first. */
final class ClosedArrays {
  /** Large enough for memory that is given back to the system, where reading is fatal. */
  private static final int LENGTH = 1 << 25;

  private ClosedArrays() {}

  public static void main(String[] arguments) {
    INDArray array = Nd4j.valueArrayOf(new long[] {2, LENGTH}, 1f);
    INDArray slice = array.slice(1);
    Tensor view = Nd4jTensors.view(array);
    Tensor part = Nd4jTensors.view(slice);
    array.close();
    refused("view", () -> view.get(LENGTH));
    refused("part", () -> part.get(LENGTH - 1));
    refused("slice", () -> Nd4jTensors.view(slice));
    refused("copy", () -> Nd4jTensors.copy(array));
    refused("address", () -> view.withAddress(address -> address));

    INDArray kept = Nd4j.valueArrayOf(new long[] {LENGTH}, 2f);
    Nd4jTensors.view(kept).close();
    System.out.println("kept " + kept.getFloat(LENGTH - 1));

    Tensor tensor = Tensor.allocate(DataType.FLOAT32, Shape.of(LENGTH));
    tensor.write(LENGTH - 1, new float[] {3}, 0, 1);
    INDArray over = Nd4jTensors.array(tensor);
    tensor.close();
    System.gc();
    System.out.println("over " + over.getFloat(LENGTH - 1));
  }

  private static void refused(String what, Supplier<Object> use) {
    try {
      System.out.println(what + " gave " + use.get());
    } catch (IllegalStateException expected) {
      System.out.println(what + " refused");
    }
  }
}
