package org.conv4j.testkit.stream;

import org.conv4j.engine.Engines;
import org.conv4j.portable.JavaEngine;

class JavaWaveNetTest extends WaveNetContract {
  JavaWaveNetTest() {
    super(Engines.byName(JavaEngine.NAME));
  }
}
