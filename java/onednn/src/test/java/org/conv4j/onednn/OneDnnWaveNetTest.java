package org.conv4j.onednn;

import org.conv4j.engine.Engines;
import org.conv4j.testkit.stream.WaveNetContract;

/** Kernels for chunks of less than 16 frames round activations otherwise than longer ones. */
class OneDnnWaveNetTest extends WaveNetContract {
  OneDnnWaveNetTest() {
    super(Engines.byName(OneDnnEngine.NAME), 1e-5);
  }
}
