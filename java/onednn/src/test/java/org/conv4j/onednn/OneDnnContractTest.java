package org.conv4j.onednn;

import net.jqwik.api.Group;
import org.conv4j.testkit.AccuracyContract;
import org.conv4j.testkit.BufferContract;
import org.conv4j.testkit.ConcurrencyContract;
import org.conv4j.testkit.DividedBatchContract;
import org.conv4j.testkit.ExactnessContract;
import org.conv4j.testkit.GoldenContract;
import org.conv4j.testkit.LayerGoldenContract;
import org.conv4j.testkit.LifecycleContract;
import org.conv4j.testkit.ModelContract;
import org.conv4j.testkit.ModelSteadyStateContract;
import org.conv4j.testkit.NonFiniteContract;
import org.conv4j.testkit.OpContract;
import org.conv4j.testkit.SteadyStateContract;
import org.conv4j.testkit.TrustContract;
import org.junit.jupiter.api.Nested;

class OneDnnContractTest {
  @Group
  class Exactness extends ExactnessContract {
    Exactness() {
      super(OneDnnEngine.NAME);
    }
  }

  @Group
  class Accuracy extends AccuracyContract {
    Accuracy() {
      super(OneDnnEngine.NAME);
    }
  }

  @Group
  class Ops extends OpContract {
    Ops() {
      super(OneDnnEngine.NAME);
    }

    @Override
    protected boolean setsThreads() {
      return NativeLibrary.isAvailable();
    }
  }

  @Nested
  class Trust extends TrustContract {
    Trust() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class Buffers extends BufferContract {
    Buffers() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    Concurrency() {
      super(OneDnnEngine.NAME);
    }

    @Override
    protected boolean setsThreads() {
      return NativeLibrary.isAvailable();
    }
  }

  @Nested
  class SteadyState extends SteadyStateContract {
    SteadyState() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class Goldens extends GoldenContract {
    Goldens() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class LayerGoldens extends LayerGoldenContract {
    LayerGoldens() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class Models extends ModelContract {
    Models() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class ModelSteadyState extends ModelSteadyStateContract {
    ModelSteadyState() {
      super(OneDnnEngine.NAME);
    }
  }

  @Nested
  class DividedBatches extends DividedBatchContract {
    DividedBatches() {
      super(OneDnnEngine.NAME);
    }

    @Override
    protected boolean setsThreads() {
      return NativeLibrary.isAvailable();
    }
  }

  @Nested
  class NonFinite extends NonFiniteContract {
    NonFinite() {
      super(OneDnnEngine.NAME);
    }

    @Override
    protected boolean definesFunctionsOfSums() {
      return OneDnn.vectorBytes() > 16;
    }
  }
}
