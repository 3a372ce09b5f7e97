package org.conv4j.dl4j.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.dl4j.layer.ByShape;
import org.conv4j.dl4j.layer.Chain;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Layer;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Average;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.merging.Maximum;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.layer.merging.Subtract;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.Arithmetic;
import org.conv4j.operation.Normalize;
import org.conv4j.operation.Reduce;
import org.conv4j.operation.reshaping.GetItem;
import org.conv4j.operation.reshaping.Index;
import org.conv4j.operation.reshaping.Reshape;
import org.conv4j.operation.reshaping.SplitPart;
import org.conv4j.shape.IntTuple;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;

/** The vertices of a graph that are no layers. */
final class Vertices {
  private static final Index.Range ALL = new Index.Range(null, null, null);
  private static final Index.Range BUT_FIRST = new Index.Range(1, null, null);

  private Vertices() {}

  static SymbolicTensor apply(
      Draft draft, String name, GraphVertex vertex, SymbolicTensor[] inputs) {
    if (vertex instanceof FrozenVertex frozen && vertex.getClass() == FrozenVertex.class) {
      return apply(draft, name, frozen.getUnderlying(), inputs);
    }
    if (vertex.getClass() == PreprocessorVertex.class) {
      return Preprocessors.apply(
          draft, name, ((PreprocessorVertex) vertex).getPreProcessor(), inputs[0]);
    }
    if (vertex.getClass() == L2Vertex.class) {
      return distance(draft, name, inputs);
    }
    return draft.apply(layer(name, vertex, inputs.length), inputs);
  }

  private static Layer layer(String name, GraphVertex vertex, int inputs) {
    Class<?> type = vertex.getClass();
    if (type == MergeVertex.class) {
      int axis = ((MergeVertex) vertex).getMergeAxis();
      return inputs == 1 ? identity(name, type) : new Concatenate(name, axis);
    }
    if (type == ElementWiseVertex.class) {
      return inputs == 1 ? identity(name, type) : elementwise(name, (ElementWiseVertex) vertex);
    }
    if (type == StackVertex.class) {
      return inputs == 1 ? identity(name, type) : new Concatenate(name, 0);
    }
    if (type == UnstackVertex.class) {
      UnstackVertex unstack = (UnstackVertex) vertex;
      return new SplitPart(name, 0, unstack.getStackSize(), IntTuple.of(), unstack.getFrom());
    }
    if (type == SubsetVertex.class) {
      SubsetVertex subset = (SubsetVertex) vertex;
      Index channels = new Index.Range(subset.getFrom(), subset.getTo() + 1, null);
      return new GetItem(name, List.of(ALL, channels));
    }
    if (type == PoolHelperVertex.class) {
      return new GetItem(name, List.of(ALL, ALL, BUT_FIRST, BUT_FIRST));
    }
    if (type == ScaleVertex.class) {
      double factor = ((ScaleVertex) vertex).getScaleFactor();
      return new Arithmetic(name, BinaryFunction.MULTIPLY, null, Activations.number(factor));
    }
    if (type == ShiftVertex.class) {
      double term = ((ShiftVertex) vertex).getShiftFactor();
      return new Arithmetic(name, BinaryFunction.ADD, null, Activations.number(term));
    }
    if (type == ReshapeVertex.class) {
      return reshape(name, (ReshapeVertex) vertex);
    }
    if (type == L2NormalizeVertex.class) {
      return normalize(name, (L2NormalizeVertex) vertex);
    }
    throw new Unsupported("there is no such vertex in conv4j");
  }

  private static Layer identity(String name, Class<?> type) {
    return new Identity(name, type.getSimpleName());
  }

  private static Layer elementwise(String name, ElementWiseVertex vertex) {
    return switch (vertex.getOp()) {
      case Add -> new Add(name);
      case Subtract -> new Subtract(name);
      case Product -> new Multiply(name);
      case Average -> new Average(name);
      case Max -> new Maximum(name);
    };
  }

  private static Layer reshape(String name, ReshapeVertex vertex) {
    if (vertex.getReshapeOrder() != 'c') {
      throw new Unsupported("reshaping in the order '" + vertex.getReshapeOrder() + "'");
    }
    List<Long> dims = new ArrayList<>();
    for (int dim : vertex.getNewShape()) {
      dims.add((long) dim);
    }
    return new Reshape(name, dims);
  }

  private static Layer normalize(String name, L2NormalizeVertex vertex) {
    int[] given = vertex.getDimension();
    double epsilon = vertex.getEps();
    return ByShape.of(
        name,
        input -> {
          Arguments.rankAtLeast(name, 2, input);
          IntTuple all = IntTuple.generate(input.rank() - 1, i -> i + 1);
          if (given != null && given.length > 0 && !IntTuple.of(given).equals(all)) {
            throw Arguments.invalid(name, "dimensions", "all but the first", IntTuple.of(given));
          }
          return new Normalize(name, all, 2, epsilon);
        });
  }

  private static SymbolicTensor distance(Draft draft, String name, SymbolicTensor[] inputs) {
    SymbolicTensor difference = draft.apply(new Subtract(name + ".difference"), inputs);
    SymbolicTensor squares =
        Activations.elementwise(draft, name + ".squares", ElementwiseFunction.SQUARE, difference);
    SymbolicTensor sum =
        draft.apply(
            ByShape.of(
                name + ".sum",
                input -> {
                  int[] axes = IntStream.range(1, input.rank()).toArray();
                  return Chain.of(
                      name,
                      new Reduce(name, ReductionKind.SUM, IntTuple.of(axes), false),
                      new Reshape(name, List.of(-1L, 1L)));
                }),
            squares);
    return Activations.elementwise(draft, name, ElementwiseFunction.SQUARE_ROOT, sum);
  }
}
