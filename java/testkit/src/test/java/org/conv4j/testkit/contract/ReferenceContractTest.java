package org.conv4j.testkit.contract;

import org.conv4j.reference.ReferenceEngine;

class ReferenceContractTest extends EngineContract {
  ReferenceContractTest() {
    super(ReferenceEngine.NAME);
  }
}
