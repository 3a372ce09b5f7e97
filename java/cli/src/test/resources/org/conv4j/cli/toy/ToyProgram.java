package toy;

import java.util.stream.Collectors;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.layer.activation.Activation;
import org.conv4j.layer.core.Dense;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.PlanStep;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/** Runs a network of which the toy engine knows a part. */
public final class ToyProgram {
  public static void main(String[] arguments) {
    Shape shape = Shape.of(1, 2);
    try (Tensor kernel = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);
        Tensor bias = Tensor.of(Shape.of(2), 10f, 20f);
        Plan plan =
            Model.sequential()
                .add(Activation.of(ElementwiseFunction.ABSOLUTE), Weights.none())
                .add(Dense.of(2), Weights.of(kernel, bias))
                .build()
                .compile(shape, DataType.FLOAT32, Engines.byName("toy"), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.of(shape, -1f, 1f);
        Tensor output = Tensor.allocate(DataType.FLOAT32, shape)) {
      session.run(input, output);
      System.out.println("result " + output.get(0) + " " + output.get(1));
      System.out.println(
          plan.steps().stream().map(PlanStep::engine).collect(Collectors.joining(", ")));
      System.out.println(plan.steps().get(1).declined().get(0));
    }
  }
}
