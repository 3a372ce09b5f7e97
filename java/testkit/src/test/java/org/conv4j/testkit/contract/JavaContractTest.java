package org.conv4j.testkit.contract;

import org.conv4j.portable.JavaEngine;

class JavaContractTest extends EngineContract {
  JavaContractTest() {
    super(JavaEngine.NAME);
  }
}
