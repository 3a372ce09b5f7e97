package org.conv4j.cli.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.Plan;
import org.conv4j.engine.Session;
import org.conv4j.error.Conv4jException;
import org.conv4j.file.LayerSummary;
import org.conv4j.keras.KerasModel;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Lets all engines do what they can with a model, and compares their answers. */
final class GraphRun {
  /** More work than this is compiled, but not run. */
  private static final long MAX_WORK = 50_000_000;

  /** Rounding may exceed what float32 made of the reference by this factor. */
  private static final double ROUNDING = 200;

  private static final double SLACK = 1e-4;

  private final Random random;

  /** What it came to: for statistics. */
  enum Outcome {
    REFUSED,
    COMPILED,
    COMPARED
  }

  GraphRun(long seed) {
    random = new Random(seed);
  }

  /**
   * Does all that can be done with a loaded model.
   *
   * @throws Conv4jException if the model is refused as a whole
   */
  Outcome run(KerasModel keras) {
    for (LayerSummary layer : keras.layers()) {
      if (layer.name().isEmpty()) {
        throw new AssertionError("A layer has no name.");
      }
    }
    Model model = keras.model();
    List<Shape> shapes = shapes(model);
    Program program = model.lower(shapes);
    boolean runs = isSmall(program);
    if (!runs) {
      for (String engine : List.of("reference", "java", "onednn")) {
        tryCompile(model, shapes, engine);
      }
      return Outcome.COMPILED;
    }
    return compare(model, shapes);
  }

  private List<Shape> shapes(Model model) {
    List<Shape> shapes = new ArrayList<>();
    for (InputSpec input : model.inputs()) {
      long[] dims =
          input.dims() == null
              ? new long[] {1, 4, 4, 3}
              : input.dims().stream().mapToLong(Long::longValue).toArray();
      for (int i = 0; i < dims.length; i++) {
        if (dims[i] == InputSpec.ANY) {
          dims[i] = i == 0 ? 1 + random.nextInt(2) : 8;
        }
      }
      shapes.add(Shape.of(dims));
    }
    return shapes;
  }

  private static boolean isSmall(Program program) {
    double work = program.flops();
    for (Step step : program.steps()) {
      work += step.op().output().elementCount();
      for (Shape input : step.op().inputs()) {
        work += input.elementCount();
      }
    }
    for (Shape input : program.inputs()) {
      work += input.elementCount();
    }
    return work <= MAX_WORK;
  }

  private static void tryCompile(Model model, List<Shape> shapes, String engine) {
    try (Plan plan =
        model.compile(shapes, DataType.FLOAT32, Engines.byName(engine), CompileOptions.DEFAULT)) {
      plan.steps();
    } catch (Conv4jException refused) {
      // As it may be.
    }
  }

  private Outcome compare(Model model, List<Shape> shapes) {
    List<double[]> inputs = new ArrayList<>();
    for (Shape shape : shapes) {
      double[] elements = random.doubles(shape.elementCount(), -2, 2).toArray();
      for (int i = 0; i < elements.length; i++) {
        elements[i] = (float) elements[i];
      }
      inputs.add(elements);
    }
    List<double[]> exact = answers(model, shapes, inputs, "reference", DataType.FLOAT64);
    List<double[]> rounded = answers(model, shapes, inputs, "reference", DataType.FLOAT32);
    Outcome outcome = Outcome.COMPILED;
    for (String engine : List.of("java", "onednn")) {
      for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
        Engine other = Engines.byName(engine);
        if (!other.isAvailable() || !other.dataTypes().contains(type)) {
          continue;
        }
        List<double[]> actual = answers(model, shapes, inputs, engine, type);
        if (exact != null && rounded != null && actual != null) {
          outcome = Outcome.COMPARED;
          for (int i = 0; i < exact.size(); i++) {
            String what = "%s, %s, output %d".formatted(engine, type, i);
            check(what, exact.get(i), rounded.get(i), actual.get(i));
          }
        }
      }
    }
    return outcome;
  }

  /** Null if the engine refuses the model. */
  private static List<double[]> answers(
      Model model, List<Shape> shapes, List<double[]> inputs, String engine, DataType type) {
    List<Tensor> tensors = new ArrayList<>();
    try (Plan plan = model.compile(shapes, type, Engines.byName(engine), CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      for (int i = 0; i < inputs.size(); i++) {
        tensors.add(Tensor.allocate(type, shapes.get(i)).copyFrom(inputs.get(i)));
      }
      for (Shape shape : plan.outputShapes()) {
        tensors.add(Tensor.allocate(type, shape));
      }
      int count = inputs.size();
      List<Tensor> outputs = tensors.subList(count, tensors.size());
      session.run(tensors.subList(0, count).toArray(new Tensor[0]), outputs.toArray(new Tensor[0]));
      List<double[]> answers = new ArrayList<>();
      for (Tensor output : outputs) {
        answers.add(output.toDoubleArray());
      }
      return answers;
    } catch (Conv4jException refused) {
      return null;
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /**
   * What float32 changes in the reference tells how far an answer may be off. Where it changes
   * whether an answer is finite, or by more than a tenth, nothing can be said; neither where
   * answers are not finite, of which engines may decide some: see the package {@code
   * org.conv4j.op}.
   */
  private static void check(String what, double[] exact, double[] rounded, double[] actual) {
    double largest = 0;
    double change = 0;
    for (int i = 0; i < exact.length; i++) {
      if (!Double.isFinite(exact[i]) || !Double.isFinite(rounded[i])) {
        return;
      }
      largest = Math.max(largest, Math.abs(exact[i]));
      change = Math.max(change, Math.abs(exact[i] - rounded[i]));
    }
    if (change > 1e-3 * largest || largest > 1e30) {
      return;
    }
    double limit = ROUNDING * change + SLACK * largest + 1e-30;
    for (int i = 0; i < exact.length; i++) {
      if (!(Math.abs(exact[i] - actual[i]) <= limit)) {
        throw new AssertionError(
            "%s: element %d of %d is %s and should be %s; the largest is %s"
                .formatted(what, i, exact.length, actual[i], exact[i], largest));
      }
    }
  }
}
