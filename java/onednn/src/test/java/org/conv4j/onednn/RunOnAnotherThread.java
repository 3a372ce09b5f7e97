package org.conv4j.onednn;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;

/**
 * A program that compiles plans on one thread and runs them on another, and prints what ran.
 *
 * <p>Under an old instruction set oneDNN falls back on implementations by matrix multiplication,
 * which keep a scratchpad per thread unless they are given one.
 */
final class RunOnAnotherThread {
  private static final List<LayerCase> CASES =
      List.of(
          new LayerCase(Conv1D.of(16, 3).padding(Padding.CAUSAL), Shape.of(2, 40, 8)),
          new LayerCase(Conv2D.of(16, 3).padding(Padding.SAME), Shape.of(2, 14, 14, 16)),
          new LayerCase(Conv2D.of(5, 3).strides(2), Shape.of(1, 15, 13, 3)),
          new LayerCase(Conv2D.of(12, 3).groups(4), Shape.of(1, 9, 9, 8)),
          new LayerCase(Conv2DTranspose.of(8, 3).strides(2), Shape.of(2, 7, 6, 4)),
          new LayerCase(Conv2DTranspose.of(8, 3).strides(2).dilationRate(2), Shape.of(2, 7, 6, 4)),
          new LayerCase(Conv3D.of(8, 3), Shape.of(1, 5, 6, 7, 4)),
          new LayerCase(
              DepthwiseConv1D.of(7).padding(Padding.CAUSAL).dilationRate(4), Shape.of(2, 40, 16)),
          new LayerCase(DepthwiseConv2D.of(3).depthMultiplier(2), Shape.of(1, 9, 9, 5)),
          new LayerCase(SeparableConv2D.of(7, 3).padding(Padding.SAME), Shape.of(1, 9, 9, 5)));

  private RunOnAnotherThread() {}

  public static void main(String[] arguments) {
    ExecutorService compiling = Executors.newSingleThreadExecutor();
    ExecutorService running = Executors.newSingleThreadExecutor();
    try {
      for (LayerCase layerCase : CASES) {
        check(layerCase, compiling, running);
      }
    } finally {
      compiling.shutdown();
      running.shutdown();
    }
    System.out.println("all exact");
  }

  private static void check(
      LayerCase layerCase, ExecutorService compiling, ExecutorService running) {
    Engine engine = Engines.byName(OneDnnEngine.NAME);
    try (CaseData data = layerCase.integers(1);
        Plan plan =
            CompletableFuture.supplyAsync(() -> data.compile(engine, DataType.FLOAT32), compiling)
                .join()) {
      double[] actual = CompletableFuture.supplyAsync(() -> run(plan, data), running).join();
      double[] expected = data.run(Engines.byName(ReferenceEngine.NAME), DataType.FLOAT32);
      Outputs.assertExact(layerCase, actual, expected);
      plan.steps()
          .forEach(step -> System.out.println(step.kernel() + ": " + step.implementation()));
    }
  }

  private static double[] run(Plan plan, CaseData data) {
    try (Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      session.run(data.input(), output);
      return output.toDoubleArray();
    }
  }
}
