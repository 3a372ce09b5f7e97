package org.conv4j.bench;

import java.nio.FloatBuffer;
import java.util.List;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.engine.CompileOptions;
import org.conv4j.notation.BenchCase;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.portable.JavaEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Answers rightly. */
public class ExactPeer implements Peer {
  @Override
  public String name() {
    return "exact";
  }

  @Override
  public String version() {
    return "1.0";
  }

  @Override
  public PeerRun prepare(BenchCase benchCase, List<List<Tensor>> constants, int threads) {
    Tensor input = Tensor.allocate(DataType.FLOAT32, benchCase.input());
    Tensor output = Tensor.allocate(DataType.FLOAT32, benchCase.output());
    Session session;
    try (Plan plan =
        Plan.compile(
            benchCase.program(constants).as(DataType.FLOAT32),
            new JavaEngine(),
            CompileOptions.DEFAULT)) {
      session = plan.newSession();
    }
    return new PeerRun() {
      @Override
      public FloatBuffer input() {
        return input.asFloatBuffer();
      }

      @Override
      public FloatBuffer output() {
        return output.asFloatBuffer();
      }

      @Override
      public void run() {
        session.run(input, output);
      }

      @Override
      public void close() {
        session.close();
        input.close();
        output.close();
      }
    };
  }
}
