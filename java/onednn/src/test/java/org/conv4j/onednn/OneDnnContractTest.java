package org.conv4j.onednn;

import net.jqwik.api.Group;
import org.conv4j.testkit.ExactnessContract;

class OneDnnContractTest {
  @Group
  class Exactness extends ExactnessContract {
    Exactness() {
      super(OneDnnEngine.NAME);
    }
  }
}
