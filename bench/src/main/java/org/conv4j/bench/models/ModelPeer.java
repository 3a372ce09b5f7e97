package org.conv4j.bench.models;

import org.conv4j.bench.peer.PeerRun;
import org.conv4j.shape.Shape;

/**
 * A library that runs whole networks, called as its users would call it when they care for speed.
 */
public interface ModelPeer {
  /**
   * Returns the name that users select it by.
   *
   * @return a short lower-case name
   */
  String name();

  /**
   * Returns what was measured.
   *
   * @return the library's version
   */
  String version();

  /**
   * Returns which jars it needs, so that the size of the class path does not count against it.
   *
   * @return a regular expression that occurs in the names of its own jars and of no others
   */
  String libraries();

  /**
   * Loads a network and gets it ready for one shape.
   *
   * @param files where the network lies
   * @param input the input's shape, batch included
   * @param output the output's shape, batch included
   * @param threads the number of threads that a run may use
   * @return the network, ready to run; the caller closes it
   * @throws Exception the library's own error if it cannot run the network
   */
  PeerRun load(ModelFiles files, Shape input, Shape output, int threads) throws Exception;
}
