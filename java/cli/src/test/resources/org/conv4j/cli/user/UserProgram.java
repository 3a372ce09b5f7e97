package user;

import java.nio.file.Path;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.Layer;
import org.conv4j.layer.merging.Add;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.Predictor;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.op.Binary;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** Loads a model, predicts, and builds a residual block with a layer of its own. */
public final class UserProgram {
  record Square(String name) implements Layer {
    public List<WeightSpec> weights(List<Shape> inputs) {
      return List.of();
    }

    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
      Value x = inputs.get(0);
      Binary op =
          new Binary(x.stored(), x.stored(), BinaryFunction.MULTIPLY, Activation.LINEAR);
      return lowering.append(name, op, List.of(x, x), List.of(), x.view());
    }
  }

  static Model residual(Tensor kernel, Tensor bias) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", 1, 8, 8, 1);
    Conv2D convolution = Conv2D.of(1, 3).padding(Padding.SAME);
    SymbolicTensor y = builder.apply(convolution, Weights.of(kernel, bias), x);
    SymbolicTensor sum = builder.apply(Add.of(), Weights.none(), x, y);
    return builder.build(builder.apply(new Square("square"), Weights.none(), sum));
  }

  static float[] predict(Model model, Engine engine, Tensor image) {
    try (Predictor predictor =
            new Predictor(model, DataType.FLOAT32, engine, CompileOptions.DEFAULT);
        Tensor output = predictor.predict(image)) {
      return output.toFloatArray();
    }
  }

  public static void main(String[] arguments) {
    Engine engine = Engines.byName(arguments[1]);
    try (LoadedModel digits = Models.load(Path.of(arguments[0]));
        Tensor image = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 8, 8, 1));
        Tensor kernel = Tensor.allocate(DataType.FLOAT32, Shape.of(3, 3, 1, 1));
        Tensor bias = Tensor.of(Shape.of(1), 2f)) {
      image.transform(zero -> 1);
      System.out.println("classes " + predict(digits.model(), engine, image).length);
      System.out.println("block " + predict(residual(kernel, bias), engine, image)[0]);
    }
  }
}
