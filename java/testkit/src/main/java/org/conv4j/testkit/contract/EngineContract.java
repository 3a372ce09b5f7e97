package org.conv4j.testkit.contract;

import java.util.function.Supplier;
import net.jqwik.api.Group;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that an engine must do, with the help of others where it declines. An engine's test
 * extends this once:
 *
 * <pre>{@code
 * class MyContractTest extends EngineContract {
 *   MyContractTest() {
 *     super(MyEngine::new);
 *   }
 * }
 * }</pre>
 */
@ExtendWith(NamesEngine.class)
public abstract class EngineContract {
  private final Supplier<Engine> engine;

  /**
   * Makes the contract of an engine that is found by its name.
   *
   * @param engineName the engine's name
   */
  protected EngineContract(String engineName) {
    this(() -> Engines.byName(engineName));
  }

  /**
   * Makes the contract of an engine.
   *
   * @param engine makes or finds an available engine
   */
  protected EngineContract(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /**
   * Returns the engine under test.
   *
   * @return an available engine
   */
  public final Engine engine() {
    return engine.get();
  }

  /**
   * Returns whether the engine here runs an op with the number of threads that is asked of it. One
   * that cannot must refuse the wish, and is tested without it.
   *
   * @return true unless overridden
   */
  public boolean setsThreads() {
    return true;
  }

  /**
   * Returns whether functions of sums that are still in registers are their definitions here, but
   * for clamps of NaN.
   *
   * @return true unless overridden
   */
  public boolean definesFunctionsOfSums() {
    return true;
  }

  @Group
  final class Exactness extends ExactnessContract {
    Exactness() {
      super(EngineContract.this);
    }
  }

  @Group
  final class Accuracy extends AccuracyContract {
    Accuracy() {
      super(EngineContract.this);
    }
  }

  @Group
  final class Ops extends OpContract {
    Ops() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class Trust extends TrustContract {
    Trust() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class Buffers extends BufferContract {
    Buffers() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class Concurrency extends ConcurrencyContract {
    Concurrency() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class SteadyState extends SteadyStateContract {
    SteadyState() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class ConvolutionGoldens extends GoldenContract {
    ConvolutionGoldens() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class OtherLayerGoldens extends LayerGoldenContract {
    OtherLayerGoldens() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class Models extends ModelContract {
    Models() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class DividedBatches extends DividedBatchContract {
    DividedBatches() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class NonFinite extends NonFiniteContract {
    NonFinite() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class States extends StateContract {
    States() {
      super(EngineContract.this);
    }
  }

  @Nested
  final class ValueTypes extends ValueTypeContract {
    ValueTypes() {
      super(EngineContract.this);
    }
  }
}
