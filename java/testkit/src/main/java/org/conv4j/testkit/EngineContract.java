package org.conv4j.testkit;

import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.reference.ReferenceEngine;

/** What all contracts share: the engine under test and the one that is right by definition. */
public abstract class EngineContract {
  private final String engineName;

  /**
   * Makes the contract of an engine.
   *
   * @param engineName the engine's name
   */
  protected EngineContract(String engineName) {
    this.engineName = engineName;
  }

  /**
   * Returns the engine under test.
   *
   * @return an available engine
   */
  protected final Engine engine() {
    return Engines.byName(engineName);
  }

  /**
   * Returns whether the engine here runs an op with the number of threads that is asked of it. One
   * that cannot must refuse the wish, and is tested without it.
   *
   * @return true unless overridden
   */
  protected boolean setsThreads() {
    return true;
  }

  /**
   * Returns the oracle.
   *
   * @return the reference engine
   */
  protected static Engine reference() {
    return Engines.byName(ReferenceEngine.NAME);
  }
}
