package org.conv4j.onnx;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.limit.Limits;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Runs models that tests have written. */
final class Runs {
  private Runs() {}

  /** What a model returns for some inputs, by the java engine. */
  static List<Tensor> run(byte[] model, Tensor... inputs) {
    List<Shape> shapes = new ArrayList<>();
    for (Tensor input : inputs) {
      shapes.add(input.shape());
    }
    try (OnnxModel loaded = OnnxModels.load(model, "test.onnx", Limits.DEFAULT);
        Plan plan =
            loaded
                .model()
                .compile(shapes, DataType.FLOAT32, Engines.byName("java"), CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      Tensor[] outputs = new Tensor[plan.outputShapes().size()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = Tensor.allocate(DataType.FLOAT32, plan.outputShapes().get(i));
      }
      session.run(inputs, outputs);
      return List.of(outputs);
    }
  }

  /** The numbers from 0 on. */
  static Tensor counting(long... dims) {
    Shape shape = Shape.ofElements(dims);
    double[] numbers = new double[Math.toIntExact(shape.elementCount())];
    java.util.Arrays.setAll(numbers, i -> i);
    return Tensor.allocate(DataType.FLOAT32, shape).copyFrom(numbers);
  }
}
