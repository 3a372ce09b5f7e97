package org.conv4j.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/** Lets DJL find the engine with {@link java.util.ServiceLoader}. Safe for any thread. */
public final class Conv4jEngineProvider implements EngineProvider {
  /** Makes a provider; the engine is made when it is first asked for. */
  public Conv4jEngineProvider() {}

  @Override
  public String getEngineName() {
    return Conv4jEngine.NAME;
  }

  @Override
  public int getEngineRank() {
    return Conv4jEngine.RANK;
  }

  @Override
  public Engine getEngine() {
    return Holder.ENGINE;
  }

  private static final class Holder {
    static final Engine ENGINE = new Conv4jEngine();
  }
}
