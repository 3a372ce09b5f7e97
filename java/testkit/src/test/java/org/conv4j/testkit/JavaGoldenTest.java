package org.conv4j.testkit;

/** The engine {@code java} against real Keras. */
class JavaGoldenTest extends GoldenContract {
  JavaGoldenTest() {
    super("java");
  }
}
