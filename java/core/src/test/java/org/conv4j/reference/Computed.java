package org.conv4j.reference;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Runs one op on the reference engine. */
final class Computed {
  private final Op op;
  private final List<Tensor> constants = new ArrayList<>();

  private Computed(Op op) {
    this.op = op;
  }

  static Computed by(Op op) {
    return new Computed(op);
  }

  /** Adds a constant. */
  Computed with(Shape shape, double... values) {
    constants.add(Tensor.of(shape, values));
    return this;
  }

  double[] from(double[]... inputs) {
    Tensor[] tensors = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      tensors[i] = Tensor.of(op.inputs().get(i), inputs[i]);
    }
    try (CompiledOp compiled =
            new ReferenceEngine()
                .compileAlone(op, DataType.FLOAT64, constants, CompileOptions.DEFAULT);
        OpRunner runner = compiled.newRunner(Scratchpad.allocate(0));
        Tensor output = Tensor.allocate(DataType.FLOAT64, op.output())) {
      runner.run(tensors, output);
      return output.toDoubleArray();
    }
  }

  static double[] numbers(double... values) {
    return values;
  }
}
