package org.conv4j.bench.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.notation.BenchCase;
import org.conv4j.op.Op;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The numbers that a case runs on; owns its tensors. They are small integers, drawn the same way
 * each time, so that every sum is exact in float32 and any right answer equals the reference's.
 */
public final class Operands implements AutoCloseable {
  private static final int MAGNITUDE = 4;

  private final Tensor input;
  private final List<List<Tensor>> constants;

  private Operands(Tensor input, List<List<Tensor>> constants) {
    this.input = input;
    this.constants = constants;
  }

  /**
   * Draws the numbers of a case.
   *
   * @param benchCase the case
   * @param dataType the type of all tensors
   * @return the tensors, which the caller closes
   */
  public static Operands of(BenchCase benchCase, DataType dataType) {
    Random random = new Random(benchCase.id().hashCode());
    Tensor input = integers(dataType, benchCase.input(), random);
    List<List<Tensor>> constants = new ArrayList<>();
    for (Op op : benchCase.ops()) {
      constants.add(
          op.constants().stream().map(shape -> integers(dataType, shape, random)).toList());
    }
    return new Operands(input, constants);
  }

  /**
   * Returns the input.
   *
   * @return a tensor that this owns
   */
  public Tensor input() {
    return input;
  }

  /**
   * Returns the constants.
   *
   * @return for each op its kernel and, if it has one, its bias; tensors that this owns
   */
  public List<List<Tensor>> constants() {
    return constants;
  }

  /**
   * Compiles the case that these are for.
   *
   * @param benchCase the case
   * @param dataType the type to compute with
   * @param engine the engine
   * @param options how to compile
   * @return the plan, which the caller closes
   */
  public Plan compile(
      BenchCase benchCase, DataType dataType, Engine engine, CompileOptions options) {
    return Plan.compile(benchCase.program(constants).as(dataType), engine, options);
  }

  @Override
  public void close() {
    input.close();
    constants.forEach(tensors -> tensors.forEach(Tensor::close));
  }

  private static Tensor integers(DataType dataType, Shape shape, Random random) {
    Tensor tensor = Tensor.allocate(dataType, shape);
    tensor.transform(ignored -> random.nextInt(2 * MAGNITUDE + 1) - MAGNITUDE);
    return tensor;
  }
}
