package org.conv4j.testkit.contract;

import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.reference.ReferenceEngine;

/** What all parts of an {@link EngineContract} share. */
abstract class Contract {
  private final EngineContract whole;

  Contract(EngineContract whole) {
    this.whole = whole;
  }

  final EngineContract whole() {
    return whole;
  }

  /** The engine under test. */
  final Engine engine() {
    return whole.engine();
  }

  /** The engine that is right by definition. */
  static Engine reference() {
    return Engines.byName(ReferenceEngine.NAME);
  }
}
