package org.conv4j.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

class OpFuzzerTest {
  @Test
  void seedsThatFollowEachOtherTryEveryEngineAndScenario() {
    Engine java = Engines.byName(JavaEngine.NAME);
    Engine reference = Engines.byName(ReferenceEngine.NAME);
    OpFuzzer fuzzer = new OpFuzzer(List.of(java, reference), reference);
    List<String> outcomes = new ArrayList<>();
    for (long seed = 1; seed <= 100; seed++) {
      outcomes.add(fuzzer.run(seed));
    }
    for (String tried :
        List.of("legal", "on java", "on reference", "absurd", "changed", "refused")) {
      assertThat(outcomes).anyMatch(outcome -> outcome.contains(tried));
    }
  }
}
