package org.conv4j.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** Owns tensors in an order: closing it closes them all. */
public record TensorList(List<Tensor> tensors) implements AutoCloseable {
  /** Makes a tensor of each item; if one cannot be made, none of those before is left open. */
  public static <T> TensorList of(List<T> items, Function<T, Tensor> make) {
    List<Tensor> made = new ArrayList<>();
    try {
      items.forEach(item -> made.add(make.apply(item)));
      return new TensorList(List.copyOf(made));
    } catch (RuntimeException | Error failure) {
      made.forEach(Tensor::close);
      throw failure;
    }
  }

  /** Room for the outputs of one run. */
  public static TensorList outputs(Plan plan) {
    return of(plan.outputShapes(), (Shape shape) -> Tensor.allocate(plan.dataType(), shape));
  }

  public Tensor[] toArray() {
    return tensors.toArray(Tensor[]::new);
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
