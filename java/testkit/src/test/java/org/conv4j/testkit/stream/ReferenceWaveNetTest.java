package org.conv4j.testkit.stream;

import org.conv4j.engine.Engines;
import org.conv4j.reference.ReferenceEngine;

class ReferenceWaveNetTest extends WaveNetContract {
  ReferenceWaveNetTest() {
    super(Engines.byName(ReferenceEngine.NAME));
  }
}
