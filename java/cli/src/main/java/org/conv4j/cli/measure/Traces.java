package org.conv4j.cli.measure;

import org.conv4j.cli.data.ModelInputs;
import org.conv4j.cli.data.TensorList;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** What a model returned. Owner of the tensors. */
public final class Traces implements AutoCloseable {
  private final TensorList tensors;

  private Traces(TensorList tensors) {
    this.tensors = tensors;
  }

  /** Runs a model layer by layer, as it stands there. */
  public static Traces unoptimized(
      Model model, Engine engine, DataType type, CompileOptions options, ModelInputs given) {
    try (Plan plan = Plan.compile(model.lower(given.shapes()).as(type), engine, options)) {
      return run(plan, given);
    }
  }

  /** Runs a model as applications run it. */
  public static Traces optimized(
      Model model, Engine engine, DataType type, CompileOptions options, ModelInputs given) {
    try (Plan plan = model.compile(given.shapes(), type, engine, options)) {
      return run(plan, given);
    }
  }

  private static Traces run(Plan plan, ModelInputs given) {
    TensorList outputs = TensorList.outputs(plan);
    try (Session session = plan.newSession()) {
      session.run(given.tensors(), outputs.toArray());
      return new Traces(outputs);
    } catch (RuntimeException | Error failure) {
      outputs.close();
      throw failure;
    }
  }

  public Tensor tensor(int index) {
    return tensors.tensors().get(index);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
