package org.conv4j.onednn;

import org.conv4j.engine.Engines;
import org.conv4j.testkit.stream.StreamContract;

class OneDnnStreamTest extends StreamContract {
  OneDnnStreamTest() {
    super(Engines.byName(OneDnnEngine.NAME));
  }
}
