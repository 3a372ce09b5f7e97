package org.conv4j.testkit;

import net.jqwik.api.Group;
import org.conv4j.reference.ReferenceEngine;

class ReferenceContractTest {
  @Group
  class Exactness extends ExactnessContract {
    Exactness() {
      super(ReferenceEngine.NAME);
    }
  }
}
