package org.conv4j.cli.data;

import java.util.List;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** The inputs of one or more runs of a model. Owner of its tensors. */
public interface Feed extends AutoCloseable {
  /** How many runs there are inputs for. */
  int count();

  /** The shapes of the inputs, the same for every run. */
  List<Shape> shapes();

  /** The inputs of a run, in the model's order; those of the run before may be overwritten. */
  Tensor[] tensors(int run);

  /** What the inputs of a run are called. */
  String name(int run);

  /** What the user should know about how the inputs were taken. */
  default List<String> notes() {
    return List.of();
  }

  @Override
  void close();
}
