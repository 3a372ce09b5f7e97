package org.conv4j.testkit.stream;

import org.conv4j.engine.Engines;
import org.conv4j.reference.ReferenceEngine;

class ReferenceStreamTest extends StreamContract {
  ReferenceStreamTest() {
    super(Engines.byName(ReferenceEngine.NAME));
  }
}
