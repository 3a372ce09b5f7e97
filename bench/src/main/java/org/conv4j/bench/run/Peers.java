package org.conv4j.bench.run;

import java.util.List;
import java.util.ServiceLoader;
import org.conv4j.bench.peer.Peer;
import org.conv4j.error.EngineUnavailableException;

/** Finds rivals on the class path. */
public final class Peers {
  private Peers() {}

  /**
   * Lists the rivals.
   *
   * @return their names
   */
  public static List<String> names() {
    return ServiceLoader.load(Peer.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(Peer::name)
        .sorted()
        .toList();
  }

  /**
   * Finds a rival.
   *
   * @param name its name
   * @return the rival
   * @throws EngineUnavailableException if there is none of that name
   */
  public static Peer byName(String name) {
    return ServiceLoader.load(Peer.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineUnavailableException(
                    "There is no rival '" + name + "' on the class path; there are " + names()));
  }
}
