package org.conv4j.testkit.contract;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.random.RandomLayers;

/**
 * On whole numbers nothing rounds, so every engine must agree with the reference exactly.
 *
 * <p>The seed is fixed so that a build means the same today and tomorrow.
 */
abstract class ExactnessContract extends Contract {
  ExactnessContract(EngineContract whole) {
    super(whole);
  }

  @Property(tries = 2000, seed = "20260101", shrinking = ShrinkingMode.OFF)
  void everyLayerIsExactOnWholeNumbers(@ForAll long seed) {
    LayerCase layerCase = RandomLayers.next(new Random(seed));
    try (CaseData data = layerCase.integers(seed)) {
      double[] expected = data.run(reference(), DataType.FLOAT64);
      for (DataType dataType : engine().dataTypes()) {
        double[] actual = data.run(engine(), dataType);
        Outputs.assertExact(
            "%s of %s, seed %d".formatted(layerCase, dataType, seed), actual, expected);
      }
    }
  }
}
