package org.conv4j.onednn;

import org.conv4j.testkit.GoldenContract;

/** The engine {@code onednn} against real Keras. */
class OneDnnGoldenTest extends GoldenContract {
  OneDnnGoldenTest() {
    super("onednn");
  }
}
