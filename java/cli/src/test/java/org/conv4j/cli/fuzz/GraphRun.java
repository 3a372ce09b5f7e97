package org.conv4j.cli.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.Conv4jException;
import org.conv4j.file.LayerSummary;
import org.conv4j.keras.KerasModel;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Lets all engines do what they can with a model, and compares their answers. */
final class GraphRun {
  /** More work than this is compiled, but not run. */
  private static final long MAX_WORK = 50_000_000;

  /** A function takes as long as some products. */
  private static final int ELEMENT_WORK = 4;

  /** More elements than these are run, but not compared: the reference keeps many copies. */
  private static final long MAX_ELEMENTS = 4 << 20;

  private final Random random;

  /** What it came to: for statistics. */
  enum Outcome {
    REFUSED,
    COMPILED,
    RUN,
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
    double elements = elements(program);
    if (ELEMENT_WORK * elements + program.flops() > MAX_WORK) {
      for (String engine : List.of("reference", "java", "onednn")) {
        tryCompile(model, shapes, engine);
      }
      return Outcome.COMPILED;
    }
    return elements > MAX_ELEMENTS ? runOnly(model, shapes) : compare(model, shapes);
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

  private static double elements(Program program) {
    double elements = elements(program.inputShapes()) + elements(program.outputShapes());
    for (Step step : program.steps()) {
      elements += elements(step.op().inputs()) + step.op().output().elementCount();
    }
    return elements;
  }

  private static double elements(List<Shape> shapes) {
    double elements = 0;
    for (Shape shape : shapes) {
      elements += shape.elementCount();
    }
    return elements;
  }

  private static void tryCompile(Model model, List<Shape> shapes, String engine) {
    try (Plan plan =
        model.compile(shapes, DataType.FLOAT32, Engines.byName(engine), CompileOptions.DEFAULT)) {
      plan.steps();
    } catch (Conv4jException refused) {
      // As it may be.
    }
  }

  private static Outcome runOnly(Model model, List<Shape> shapes) {
    for (Engine engine : engines()) {
      for (DataType dataType : engine.dataTypes()) {
        run(model, shapes, List.of(), engine, dataType, outputs -> {});
      }
    }
    return Outcome.RUN;
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
    Answers answers = new Answers(model, shapes, inputs);
    Outcome outcome = Outcome.COMPILED;
    for (Engine engine : engines()) {
      for (DataType dataType : engine.dataTypes()) {
        if (answers.check(engine, dataType)) {
          outcome = Outcome.COMPARED;
        }
      }
    }
    return outcome;
  }

  private static List<Engine> engines() {
    return List.of(Engines.byName("java"), Engines.byName("onednn"));
  }

  /**
   * Runs a model on inputs, or on zeros if there are none, and hands over the outputs. Returns
   * false if the engine refuses it.
   */
  static boolean run(
      Model model,
      List<Shape> shapes,
      List<double[]> inputs,
      Engine engine,
      DataType dataType,
      Consumer<List<Tensor>> reader) {
    List<Tensor> tensors = new ArrayList<>();
    try (Plan plan = model.compile(shapes, dataType, engine, CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      for (Shape shape : shapes) {
        tensors.add(Tensor.allocate(dataType, shape));
      }
      for (Shape shape : plan.outputShapes()) {
        tensors.add(Tensor.allocate(dataType, shape));
      }
      for (int i = 0; i < inputs.size(); i++) {
        tensors.get(i).copyFrom(inputs.get(i));
      }
      List<Tensor> outputs = tensors.subList(shapes.size(), tensors.size());
      session.run(
          tensors.subList(0, shapes.size()).toArray(new Tensor[0]), outputs.toArray(new Tensor[0]));
      reader.accept(outputs);
      return true;
    } catch (Conv4jException refused) {
      return false;
    } finally {
      tensors.forEach(Tensor::close);
    }
  }
}
