package org.conv4j.testkit.cases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** An input and weights for a {@link LayerCase}, as float32 numbers. Owner of its tensors. */
public final class CaseData implements AutoCloseable {
  /** Whole numbers from minus this to this. */
  private static final int INTEGER_LIMIT = 4;

  /** Whole numbers up to this size are exact in float32. */
  private static final double FLOAT32_EXACT = 1 << 24;

  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);

  private final LayerCase layerCase;
  private final Tensor input;
  private final Map<String, Tensor> weights;

  private CaseData(LayerCase layerCase, Tensor input, Map<String, Tensor> weights) {
    this.layerCase = layerCase;
    this.input = input;
    this.weights = weights;
  }

  /**
   * Makes small whole numbers, so that no sum rounds in float32.
   *
   * @param layerCase the layer and its input's shape
   * @param random decides the numbers
   * @return the data
   */
  public static CaseData integers(LayerCase layerCase, Random random) {
    DoubleSupplier next = () -> random.nextInt(2 * INTEGER_LIMIT + 1) - INTEGER_LIMIT;
    CaseData data = filled(layerCase, next, next);
    double largest = INTEGER_LIMIT;
    for (long length : Reductions.lengths(data.model().lower(layerCase.input()))) {
      largest = largest * INTEGER_LIMIT * length + INTEGER_LIMIT;
    }
    if (largest >= FLOAT32_EXACT) {
      data.close();
      throw new IllegalArgumentException("Sums of " + layerCase + " may exceed 2^24.");
    }
    return data;
  }

  /**
   * Makes normally distributed numbers, the weights scaled so that sums have a variance near 1.
   *
   * @param layerCase the layer and its input's shape
   * @param random decides the numbers
   * @return the data
   */
  public static CaseData normal(LayerCase layerCase, Random random) {
    long kernels = layerCase.layer().weights(layerCase.input()).get(0).shape().elementCount();
    double scale = 1 / Math.sqrt(Math.max(1, (double) kernels / layerCase.output().dim(-1)));
    return filled(layerCase, random::nextGaussian, () -> scale * random.nextGaussian());
  }

  private static CaseData filled(
      LayerCase layerCase, DoubleSupplier inputs, DoubleSupplier kernels) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (WeightSpec spec : layerCase.layer().weights(layerCase.input())) {
      weights.put(spec.name(), filled(spec.shape(), kernels));
    }
    return new CaseData(layerCase, filled(layerCase.input(), inputs), weights);
  }

  private static Tensor filled(Shape shape, DoubleSupplier next) {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
    tensor.transform(zero -> next.getAsDouble());
    return tensor;
  }

  /**
   * Returns the input.
   *
   * @return a float32 tensor that this object owns
   */
  public Tensor input() {
    return input;
  }

  /**
   * Returns the weights.
   *
   * @return float32 tensors that this object owns
   */
  public Weights weights() {
    return Weights.of(weights);
  }

  /**
   * Returns the layer with these weights.
   *
   * @return a model, valid while this is open
   */
  public Model model() {
    return Model.of(layerCase.layer(), weights());
  }

  /**
   * Returns the layer compiled with these weights, to compute exactly.
   *
   * @param engine what runs it
   * @param dataType the type to compute with
   * @return a plan, which the caller closes
   */
  public Plan compile(Engine engine, DataType dataType) {
    return compile(engine, dataType, EXACT);
  }

  private Plan compile(Engine engine, DataType dataType, CompileOptions options) {
    return model().compile(layerCase.input(), dataType, engine, options);
  }

  /**
   * Computes the layer's output once, exactly.
   *
   * @param engine what runs it
   * @param dataType the type to compute with
   * @return the output's elements in row-major order
   */
  public double[] run(Engine engine, DataType dataType) {
    return run(engine, dataType, EXACT);
  }

  /**
   * Computes the layer's output once.
   *
   * @param engine what runs it
   * @param dataType the type to compute with
   * @param options how
   * @return the output's elements in row-major order
   */
  public double[] run(Engine engine, DataType dataType, CompileOptions options) {
    try (Plan plan = compile(engine, dataType, options);
        Session session = plan.newSession();
        Tensor converted = input.copyAs(dataType);
        Tensor output = Tensor.allocate(dataType, plan.outputShape())) {
      output.transform(zero -> Double.NaN);
      session.run(converted, output);
      return output.toDoubleArray();
    }
  }

  /**
   * Replaces the layer and every number.
   *
   * @param changed the same layer under another activation
   * @param function gives the new numbers, of the input and the weights
   * @return a changed copy, which the caller closes
   */
  public CaseData map(LayerCase changed, DoubleUnaryOperator function) {
    Map<String, Tensor> mapped = new LinkedHashMap<>();
    weights.forEach((name, tensor) -> mapped.put(name, map(tensor, function)));
    return new CaseData(changed, map(input, function), mapped);
  }

  private static Tensor map(Tensor tensor, DoubleUnaryOperator function) {
    Tensor copy = tensor.copyAs(tensor.dataType());
    copy.transform(function);
    return copy;
  }

  @Override
  public void close() {
    input.close();
    weights.values().forEach(Tensor::close);
  }
}
