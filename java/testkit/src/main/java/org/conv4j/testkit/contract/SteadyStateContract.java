package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.conv4j.plan.Session;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.cases.SmallCase;
import org.junit.jupiter.api.Test;

/** A session that runs for ever needs no more memory than one that ran for a while. */
abstract class SteadyStateContract extends Contract {
  private static final int WARM_UP = 20_000;
  private static final int RUNS = 100_000;
  private static final long RESIDENT_GROWTH = 8 << 20;

  SteadyStateContract(EngineContract whole) {
    super(whole);
  }

  @Test
  void aHundredThousandRunsAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (SmallCase small = new SmallCase(engine(), reference());
        Session session = small.plan.newSession();
        Tensor output = small.newOutput()) {
      run(session, small.data.input(), output, WARM_UP);
      long resident = ResidentMemory.afterCollection();
      long allocated = threads.getCurrentThreadAllocatedBytes();
      run(session, small.data.input(), output, RUNS);
      long allocatedByRuns = threads.getCurrentThreadAllocatedBytes() - allocated;
      long residentGrowth = ResidentMemory.afterCollection() - resident;
      assertThat((double) allocatedByRuns / RUNS).as("bytes per run").isLessThan(1);
      assertThat(residentGrowth).as("growth of resident memory").isLessThan(RESIDENT_GROWTH);
      Outputs.assertExact(SmallCase.CASE, output.toDoubleArray(), small.expected);
    }
  }

  private static void run(Session session, Tensor input, Tensor output, int times) {
    for (int i = 0; i < times; i++) {
      session.run(input, output);
    }
  }
}
