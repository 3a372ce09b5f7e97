package org.conv4j.bench.models;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.conv4j.error.EngineUnavailableException;

/** Finds conv4j and the rivals on the class path. */
public final class ModelPeers {
  private ModelPeers() {}

  /**
   * Finds who runs networks.
   *
   * @param name see {@link ModelPeer#name}
   * @return conv4j or a rival
   * @throws EngineUnavailableException if nobody is named so
   */
  public static ModelPeer byName(String name) {
    return all()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineUnavailableException(
                    "Nothing on the class path runs networks as '"
                        + name
                        + "'; there are "
                        + names()
                        + "."));
  }

  static List<String> names() {
    return all().map(ModelPeer::name).toList();
  }

  private static Stream<ModelPeer> all() {
    return Stream.concat(
        Conv4jModels.all(),
        ServiceLoader.load(ModelPeer.class).stream().map(ServiceLoader.Provider::get));
  }
}
