package org.conv4j.testkit;

import net.jqwik.api.Group;
import org.conv4j.reference.ReferenceEngine;
import org.junit.jupiter.api.Nested;

class ReferenceContractTest {
  @Group
  class Exactness extends ExactnessContract {
    Exactness() {
      super(ReferenceEngine.NAME);
    }
  }

  @Group
  class Accuracy extends AccuracyContract {
    Accuracy() {
      super(ReferenceEngine.NAME);
    }
  }

  @Group
  class Ops extends OpContract {
    Ops() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class Trust extends TrustContract {
    Trust() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class Lifecycle extends LifecycleContract {
    Lifecycle() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class Buffers extends BufferContract {
    Buffers() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    Concurrency() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class SteadyState extends SteadyStateContract {
    SteadyState() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class Goldens extends GoldenContract {
    Goldens() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class LayerGoldens extends LayerGoldenContract {
    LayerGoldens() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class Models extends ModelContract {
    Models() {
      super(ReferenceEngine.NAME);
    }
  }

  @Nested
  class NonFinite extends NonFiniteContract {
    NonFinite() {
      super(ReferenceEngine.NAME);
    }
  }
}
