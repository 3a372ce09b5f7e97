package org.conv4j.onednn;

import org.conv4j.engine.Engines;
import org.conv4j.testkit.stream.WaveNetContract;

class OneDnnWaveNetTest extends WaveNetContract {
  OneDnnWaveNetTest() {
    super(Engines.byName(OneDnnEngine.NAME));
  }
}
