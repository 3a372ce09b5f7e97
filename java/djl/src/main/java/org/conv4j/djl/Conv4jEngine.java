package org.conv4j.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.conv4j.engine.Engines;

/** The engine as DJL sees it. Safe for any thread. */
final class Conv4jEngine extends Engine {
  static final String NAME = "Conv4j";

  /** Behind every engine of DJL's own, so that nobody's default changes; the largest is last. */
  static final int RANK = 20;

  @Override
  public Engine getAlternativeEngine() {
    // Found when an array needs it: DJL would load it, natives and all, with the first manager.
    return null;
  }

  @Override
  public String getEngineName() {
    return NAME;
  }

  @Override
  public int getRank() {
    return RANK;
  }

  @Override
  public String getVersion() {
    return Optional.ofNullable(Conv4jEngine.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }

  @Override
  public boolean hasCapability(String capability) {
    return StandardCapabilities.MKLDNN.equals(capability)
        && Engines.all().stream()
            .anyMatch(engine -> engine.name().equals("onednn") && engine.isAvailable());
  }

  @Override
  public Model newModel(String name, Device device) {
    return new Conv4jModel(name, newBaseManager(device));
  }

  @Override
  public NDManager newBaseManager() {
    return newBaseManager(null);
  }

  @Override
  public NDManager newBaseManager(Device device) {
    return Conv4jManager.system().newSubManager(device);
  }

  @Override
  public String toString() {
    return getEngineName() + ':' + getVersion();
  }
}
