package org.conv4j.dl4j;

import java.util.List;
import org.conv4j.error.Conv4jException;

/** A network has parts that conv4j cannot run. The message names all of them. */
public final class UnsupportedNetworkException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> parts;

  /**
   * Creates an exception.
   *
   * @param parts for each part, its name, its class and why it cannot be run
   */
  public UnsupportedNetworkException(List<String> parts) {
    super("conv4j cannot run this network: " + String.join("; ", parts) + ".");
    this.parts = List.copyOf(parts);
  }

  /**
   * Returns what cannot be run.
   *
   * @return for each layer or vertex, its name, its class and why; empty if this was deserialised
   */
  public List<String> parts() {
    return parts == null ? List.of() : parts;
  }
}
