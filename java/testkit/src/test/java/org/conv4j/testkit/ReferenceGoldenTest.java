package org.conv4j.testkit;

/** The engine {@code reference} against real Keras. */
class ReferenceGoldenTest extends GoldenContract {
  ReferenceGoldenTest() {
    super("reference");
  }
}
