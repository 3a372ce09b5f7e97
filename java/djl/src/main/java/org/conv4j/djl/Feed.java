package org.conv4j.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.djl.memory.Rows;
import org.conv4j.djl.memory.Storage;
import org.conv4j.djl.memory.Types;
import org.conv4j.djl.memory.View;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Inputs as tensors. Arrays whose memory is as the model reads it are shared; others are copied,
 * and the copies are freed with this.
 */
final class Feed implements AutoCloseable {
  private final DataType type;
  private final List<int[]> shapes = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Storage> storages = new ArrayList<>();

  Feed(DataType type) {
    this.type = type;
  }

  void add(NDArray given, InputSpec spec, InputLayout layout) {
    if (given instanceof Conv4jArray array) {
      add(array, spec, layout);
      return;
    }
    try (Conv4jArray copy = Conv4jArray.of(given, Conv4jManager.system())) {
      add(copy, spec, layout);
    }
  }

  private void add(Conv4jArray array, InputSpec spec, InputLayout layout) {
    View view = array.view();
    if (layout.isTurned(spec, view.shape())) {
      view = view.transposed(InputLayout.last(view.rank()));
    }
    shapes.add(view.shape());
    if (view.size() > 0) {
      tensors.add(tensor(array.storage(), view));
    }
  }

  private Tensor tensor(Storage storage, View view) {
    Storage source = storage;
    int begin = view.offset();
    if (!view.isContiguous() || source.tensor() == null || source.tensor().dataType() != type) {
      source = Storage.allocate(Types.djl(type), view.size());
      source.write(0, Rows.values(storage, view), view.size());
      begin = 0;
    } else {
      source.share();
    }
    storages.add(source);
    return source.tensor().slice(begin, shape(view.shape()));
  }

  private static Shape shape(int[] extents) {
    long[] dims = new long[extents.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = extents[i];
    }
    return Shape.of(dims);
  }

  /** Whether there is nothing to compute, because a batch has no examples. */
  boolean isEmpty() {
    return tensors.size() < shapes.size();
  }

  List<Tensor> tensors() {
    return tensors;
  }

  /** The shapes of what the model returns; without examples if it is given none. */
  List<int[]> outputShapes(Model model) {
    List<Shape> given = new ArrayList<>();
    for (int[] shape : shapes) {
      int[] one = shape.clone();
      if (isEmpty() && one.length > 0 && one[0] == 0) {
        one[0] = 1;
      }
      given.add(shape(one));
    }
    List<int[]> outputs = new ArrayList<>();
    for (Shape output : model.outputShapes(given)) {
      int[] extents = new int[output.rank()];
      for (int axis = 0; axis < extents.length; axis++) {
        extents[axis] = output.intDim(axis);
      }
      if (isEmpty()) {
        extents[0] = 0;
      }
      outputs.add(extents);
    }
    return outputs;
  }

  @Override
  public void close() {
    storages.forEach(Storage::release);
  }
}
