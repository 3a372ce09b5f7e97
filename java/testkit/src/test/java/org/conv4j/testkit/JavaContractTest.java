package org.conv4j.testkit;

import net.jqwik.api.Group;
import org.conv4j.portable.JavaEngine;
import org.junit.jupiter.api.Nested;

class JavaContractTest {
  @Group
  class Exactness extends ExactnessContract {
    Exactness() {
      super(JavaEngine.NAME);
    }
  }

  @Group
  class Accuracy extends AccuracyContract {
    Accuracy() {
      super(JavaEngine.NAME);
    }
  }

  @Group
  class Ops extends OpContract {
    Ops() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class Trust extends TrustContract {
    Trust() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class Buffers extends BufferContract {
    Buffers() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    Concurrency() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class SteadyState extends SteadyStateContract {
    SteadyState() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class Goldens extends GoldenContract {
    Goldens() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class LayerGoldens extends LayerGoldenContract {
    LayerGoldens() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class Models extends ModelContract {
    Models() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class DividedBatches extends DividedBatchContract {
    DividedBatches() {
      super(JavaEngine.NAME);
    }
  }

  @Nested
  class NonFinite extends NonFiniteContract {
    NonFinite() {
      super(JavaEngine.NAME);
    }
  }
}
