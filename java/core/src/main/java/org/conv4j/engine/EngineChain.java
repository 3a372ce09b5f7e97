package org.conv4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.LimitExceededException;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.FunctionCall;
import org.conv4j.op.Op;
import org.conv4j.tensor.Tensor;

/**
 * Engines in the order in which they are asked to run an op; the first that does not decline it
 * runs it. Those behind the first one are looked for when it declines something. Not thread-safe.
 */
public final class EngineChain {
  /** No engines. */
  public static final EngineChain NONE = new EngineChain(new Members(null, Fallback.none()), 0);

  /** What all links of a chain share. */
  private static final class Members {
    private final Engine first;
    private final Fallback fallback;

    /** Null until somebody asks. */
    private List<Engine> others;

    Members(Engine first, Fallback fallback) {
      this.first = first;
      this.fallback = fallback;
    }

    /** The engine at a place, or null behind the last. */
    Engine at(int place) {
      if (place == 0) {
        return first;
      }
      if (others == null) {
        others = first == null ? List.of() : fallback.engines(first.name());
      }
      return place <= others.size() ? others.get(place - 1) : null;
    }
  }

  private final Members engines;
  private final int begin;

  private EngineChain(Members engines, int begin) {
    this.engines = engines;
    this.begin = begin;
  }

  /**
   * Makes a chain.
   *
   * @param first the engine that is asked first, available
   * @param fallback those that are asked after it
   * @return the chain
   * @throws org.conv4j.error.EngineUnavailableException if the fallback names an engine that is not
   *     there
   */
  public static EngineChain of(Engine first, Fallback fallback) {
    Members engines =
        new Members(
            InvalidArgumentException.requirePresent(first, "The engine to compile for"),
            InvalidArgumentException.requirePresent(fallback, "The fallback"));
    if (fallback.isNamed()) {
      engines.at(1);
    }
    return new EngineChain(engines, 0);
  }

  /**
   * Compiles an op. A {@link FunctionCall} runs without any engine. Of the first engine, an
   * exception is the caller's; any other that cannot do what the options ask for has declined.
   *
   * @param op the operation
   * @param types the types of its values
   * @param constants its weights in the order of {@link Op#constants}; read during this call only
   * @param options how to compile
   * @return the op and who compiled it
   * @throws UnsupportedByEngineException if no engine runs the op
   * @throws LimitExceededException if there is no memory for it
   * @throws org.conv4j.error.Conv4jException as {@link Engine#compile}
   */
  public ChainedOp compile(Op op, OpTypes types, List<Tensor> constants, CompileOptions options) {
    InvalidLayerException.requirePresent(types, "The types to compile for");
    if (op instanceof FunctionCall call) {
      return new ChainedOp(new CompiledFunction(call, types), CompiledFunction.ENGINE, List.of());
    }
    List<Declined> declined = new ArrayList<>();
    for (int place = begin; engines.at(place) != null; place++) {
      Engine engine = engines.at(place);
      Compilation answer =
          place == 0
              ? compile(engine, place, op, types, constants, options)
              : ask(engine, place, op, types, constants, options);
      if (!answer.isDeclined()) {
        return new ChainedOp(answer.op(), engine.name(), List.copyOf(declined));
      }
      declined.add(new Declined(engine.name(), answer.reason()));
    }
    throw new UnsupportedByEngineException(refusal(op, declined));
  }

  private Compilation ask(
      Engine engine,
      int place,
      Op op,
      OpTypes types,
      List<Tensor> constants,
      CompileOptions options) {
    if (!engine.isAvailable()) {
      return Compilation.declined(
          "cannot be used here: "
              + engine.unavailabilityCause().map(Throwable::getMessage).orElse(""));
    }
    try {
      return compile(engine, place, op, types, constants, options);
    } catch (UnsupportedByEngineException unsupported) {
      return Compilation.declined(unsupported.getMessage());
    }
  }

  private Compilation compile(
      Engine engine,
      int place,
      Op op,
      OpTypes types,
      List<Tensor> constants,
      CompileOptions options) {
    Optional<String> unknown = types.unknownDataType(engine.dataTypes());
    if (unknown.isPresent()) {
      return Compilation.declined(unknown.get());
    }
    try {
      return InvalidLayerException.requirePresent(
          engine.compile(op, types, constants, options, new EngineChain(engines, place + 1)),
          "What the engine '" + engine.name() + "' has made of a " + name(op));
    } catch (OutOfMemoryError exhausted) {
      throw LimitExceededException.memory(
          "A %s of %s cannot be compiled".formatted(name(op), op.input()), exhausted);
    }
  }

  private static String refusal(Op op, List<Declined> declined) {
    if (declined.isEmpty()) {
      return "No other engine may run a %s of %s.".formatted(name(op), op.input());
    }
    StringBuilder reasons = new StringBuilder();
    for (Declined engine : declined) {
      reasons.append(reasons.length() == 0 ? "" : "; ").append(engine);
    }
    return "No engine that may be used runs this %s of %s: %s."
        .formatted(name(op), op.input(), reasons);
  }

  private static String name(Op op) {
    return op.getClass().getSimpleName();
  }
}
