package org.conv4j.testkit.contract;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.bound.ErrorBound;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.random.Activations;
import org.conv4j.testkit.random.RandomLayers;

/** On real numbers every engine stays within the error bound, whatever the activation. */
abstract class AccuracyContract extends Contract {
  private static final List<Activation> ACTIVATIONS =
      Stream.concat(Activations.ELEMENTWISE.stream(), Activations.SOFTMAX.stream()).toList();

  private static final List<CompileOptions> OPTIONS =
      List.of(CompileOptions.DEFAULT, CompileOptions.DEFAULT.withExact(true));

  AccuracyContract(EngineContract whole) {
    super(whole);
  }

  @Property(tries = 600, seed = "20260102", shrinking = ShrinkingMode.OFF)
  void everyActivationStaysWithinTheErrorBound(@ForAll long seed) {
    Random random = new Random(seed);
    Activation activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    LayerCase layerCase = RandomLayers.next(random).withActivation(activation);
    try (CaseData data = CaseData.normal(layerCase, random)) {
      double[] expected = data.run(reference(), DataType.FLOAT64);
      for (DataType dataType : engine().dataTypes()) {
        for (CompileOptions options : OPTIONS) {
          Outputs.assertWithin(
              "%s of %s, %s, seed %d".formatted(layerCase, dataType, options, seed),
              data.run(engine(), dataType, options),
              expected,
              ErrorBound.of(layerCase, data, dataType, options, reference()));
        }
      }
    }
  }
}
