package org.conv4j.testkit;

import org.conv4j.portable.JavaEngine;

class JavaContractTest extends EngineContract {
  JavaContractTest() {
    super(JavaEngine.NAME);
  }
}
