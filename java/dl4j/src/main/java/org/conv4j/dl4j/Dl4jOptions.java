package org.conv4j.dl4j;

import java.util.Objects;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Fallback;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.model.Predictor;

/**
 * How a network is run.
 *
 * @param engine the name of the engine
 * @param fallback which engines may take over if that one cannot be used at all, which is logged
 *     once; single steps that it does not know may always run on others, see {@link
 *     CompileOptions#withFallback}
 * @param compile how plans are compiled
 * @param maxPlans for how many shapes of inputs plans are kept, at least 1
 */
public record Dl4jOptions(String engine, Fallback fallback, CompileOptions compile, int maxPlans) {
  /** oneDNN and nothing else, all processors, {@value Predictor#DEFAULT_MAX_PLANS} shapes. */
  public static final Dl4jOptions DEFAULT =
      new Dl4jOptions(
          "onednn", Fallback.none(), CompileOptions.DEFAULT, Predictor.DEFAULT_MAX_PLANS);

  /**
   * Checks that nothing is missing.
   *
   * @param engine see {@link #engine}
   * @param fallback see {@link #fallback}
   * @param compile see {@link #compile}
   * @param maxPlans see {@link #maxPlans}
   */
  public Dl4jOptions {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(fallback, "fallback");
    Objects.requireNonNull(compile, "compile");
    if (maxPlans < 1) {
      throw new InvalidArgumentException("maxPlans must be at least 1; given " + maxPlans + ".");
    }
  }

  /**
   * Sets the engine.
   *
   * @param newEngine its name: {@code onednn}, {@code java} or {@code reference}
   * @return a changed copy
   */
  public Dl4jOptions withEngine(String newEngine) {
    return new Dl4jOptions(newEngine, fallback, compile, maxPlans);
  }

  /**
   * Sets which engines may take over.
   *
   * @param newFallback see {@link #fallback}
   * @return a changed copy
   */
  public Dl4jOptions withFallback(Fallback newFallback) {
    return new Dl4jOptions(engine, newFallback, compile, maxPlans);
  }

  /**
   * Sets how plans are compiled: the threads of a run, the mode, exactness.
   *
   * @param newCompile see {@link #compile}
   * @return a changed copy
   */
  public Dl4jOptions withCompile(CompileOptions newCompile) {
    return new Dl4jOptions(engine, fallback, newCompile, maxPlans);
  }

  /**
   * Sets how many plans are kept.
   *
   * @param newMaxPlans see {@link #maxPlans}
   * @return a changed copy
   */
  public Dl4jOptions withMaxPlans(int newMaxPlans) {
    return new Dl4jOptions(engine, fallback, compile, newMaxPlans);
  }
}
