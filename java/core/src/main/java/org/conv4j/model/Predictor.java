package org.conv4j.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The front for applications: any number of threads may call {@link #predict} at once. It compiles
 * a plan for each input shape that it meets and lends every call a session of its own. If calls
 * usually overlap, {@link org.conv4j.engine.PerformanceMode#THROUGHPUT} answers more of them.
 *
 * <p>It owns its plans and sessions. The plans of the shapes used least recently are closed when
 * there are more than a given number.
 */
public final class Predictor implements AutoCloseable {
  /** How many shapes are kept unless told otherwise. */
  public static final int DEFAULT_MAX_PLANS = 8;

  private final Model model;
  private final DataType dataType;
  private final Engine engine;
  private final CompileOptions options;
  private final int maxPlans;

  /** By the inputs' shapes, the least recently used first. Guarded by this. */
  private final Map<List<Shape>, PlanPool> pools = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  /**
   * Makes a predictor that keeps {@value #DEFAULT_MAX_PLANS} plans.
   *
   * @param model the model, whose weights must stay open
   * @param dataType the type to compute with
   * @param engine an available engine
   * @param options how to compile
   */
  public Predictor(Model model, DataType dataType, Engine engine, CompileOptions options) {
    this(model, dataType, engine, options, DEFAULT_MAX_PLANS);
  }

  /**
   * Makes a predictor.
   *
   * @param model the model, whose weights must stay open
   * @param dataType the type to compute with
   * @param engine an available engine
   * @param options how to compile
   * @param maxPlans how many plans are kept, at least 1
   */
  public Predictor(
      Model model, DataType dataType, Engine engine, CompileOptions options, int maxPlans) {
    engine.ensureAvailability();
    if (maxPlans < 1) {
      throw new InvalidArgumentException(
          "A predictor must keep at least 1 plan; given " + maxPlans + ".");
    }
    this.model = model;
    this.dataType = dataType;
    this.engine = engine;
    this.options = options;
    this.maxPlans = maxPlans;
  }

  /**
   * Computes the output for an input.
   *
   * @param input an input of the predictor's data type, of any shape that the model takes
   * @return a new tensor, which the caller closes
   * @throws org.conv4j.error.Conv4jException if the model cannot take the input
   * @throws IllegalStateException if this predictor or the tensor is closed
   */
  public Tensor predict(Tensor input) {
    Tensor output = Tensor.allocate(dataType, model.outputShape(input.shape()));
    try {
      predict(input, output);
      return output;
    } catch (RuntimeException | Error failure) {
      output.close();
      throw failure;
    }
  }

  /**
   * Computes the outputs for inputs.
   *
   * @param inputs one for each of the model's inputs, of the predictor's data type
   * @return new tensors, one for each of the model's outputs, which the caller closes
   * @throws org.conv4j.error.Conv4jException if the model cannot take the inputs
   * @throws IllegalStateException if this predictor or a tensor is closed
   */
  public List<Tensor> predict(List<Tensor> inputs) {
    List<Tensor> outputs = new ArrayList<>();
    try {
      for (Shape shape : model.outputShapes(inputs.stream().map(Tensor::shape).toList())) {
        outputs.add(Tensor.allocate(dataType, shape));
      }
      predict(inputs.toArray(Tensor[]::new), outputs.toArray(Tensor[]::new));
      return List.copyOf(outputs);
    } catch (RuntimeException | Error failure) {
      outputs.forEach(Tensor::close);
      throw failure;
    }
  }

  /**
   * Computes the output for an input into a given tensor.
   *
   * @param input an input of the predictor's data type, of any shape that the model takes
   * @param output a tensor of the shape and type of the result; overwritten
   * @throws org.conv4j.error.Conv4jException if the model cannot take the input, or the output does
   *     not fit
   * @throws IllegalStateException if this predictor or a tensor is closed
   */
  public void predict(Tensor input, Tensor output) {
    predict(new Tensor[] {input}, new Tensor[] {output});
  }

  /**
   * Computes the outputs for inputs into given tensors.
   *
   * @param inputs one for each of the model's inputs, of the predictor's data type
   * @param outputs one for each of the model's outputs, of its shape and type; overwritten
   * @throws org.conv4j.error.Conv4jException if the model cannot take the inputs, or an output does
   *     not fit
   * @throws IllegalStateException if this predictor or a tensor is closed
   */
  public void predict(Tensor[] inputs, Tensor[] outputs) {
    List<Shape> shapes = Stream.of(inputs).map(Tensor::shape).toList();
    while (true) {
      PlanPool pool = pool(shapes);
      Session session = pool.borrow();
      if (session != null) {
        try {
          session.run(inputs, outputs);
        } finally {
          pool.giveBack(session);
        }
        return;
      }
      // The pool was evicted before it could lend; there is a new one, or this is closed.
    }
  }

  /** Closes all plans; calls under way finish first. A second call does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    pools.values().forEach(PlanPool::close);
    pools.clear();
  }

  /** Other shapes, and other callers of this one once it is compiled, do not wait for compiling. */
  private PlanPool pool(List<Shape> inputs) {
    PlanPool pool;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("This predictor is closed.");
      }
      pool = pools.get(inputs);
      if (pool != null) {
        return pool;
      }
      pool = new PlanPool();
      pools.put(inputs, pool);
      evict();
    }
    try {
      pool.compile(() -> stateless(model.compile(inputs, dataType, engine, options)));
      return pool;
    } catch (RuntimeException | Error failure) {
      synchronized (this) {
        pools.remove(inputs, pool);
      }
      throw failure;
    }
  }

  /** Callers share sessions: one would go on where another one's stream has ended. */
  static Plan stateless(Plan plan) {
    if (plan.keepsState()) {
      plan.close();
      throw new InvalidArgumentException(
          "The model keeps state from run to run, which callers of a predictor would share;"
              + " compile a plan, and give each stream a session of its own.");
    }
    return plan;
  }

  private void evict() {
    Iterator<PlanPool> oldestFirst = pools.values().iterator();
    while (pools.size() > maxPlans) {
      PlanPool oldest = oldestFirst.next();
      oldestFirst.remove();
      oldest.close();
    }
  }
}
