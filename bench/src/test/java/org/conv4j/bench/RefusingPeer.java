package org.conv4j.bench;

import java.util.List;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.Tensor;

/** Can run nothing. */
public final class RefusingPeer implements Peer {
  @Override
  public String name() {
    return "refusing";
  }

  @Override
  public String version() {
    return "2.0";
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads)
      throws Exception {
    throw new Exception("no kernel registered");
  }
}
