package org.conv4j.onednn;

import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.testkit.contract.EngineContract;
import org.conv4j.testkit.contract.ModelSteadyStateContract;
import org.junit.jupiter.api.Nested;

class OneDnnContractTest extends EngineContract {
  OneDnnContractTest() {
    super(OneDnnEngine.NAME);
  }

  @Override
  public boolean setsThreads() {
    return NativeLibrary.isAvailable();
  }

  @Override
  public boolean definesFunctionsOfSums() {
    return OneDnn.vectorBytes() > 16;
  }

  @Nested
  class ModelSteadyState extends ModelSteadyStateContract {
    ModelSteadyState() {
      super(OneDnnContractTest.this);
    }
  }
}
