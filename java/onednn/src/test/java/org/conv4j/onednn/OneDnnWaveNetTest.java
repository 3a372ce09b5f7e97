package org.conv4j.onednn;

import org.conv4j.engine.Engines;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.testkit.stream.WaveNetContract;

/**
 * Without our kernels, those for chunks of less than 16 frames round otherwise than longer ones.
 */
class OneDnnWaveNetTest extends WaveNetContract {
  OneDnnWaveNetTest() {
    super(Engines.byName(OneDnnEngine.NAME), NativeLibrary.isAvailable() ? 2e-6 : 1e-5);
  }
}
