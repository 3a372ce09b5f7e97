package org.conv4j.onednn;

import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;

/** A program that asks for oneDNN, prints why it cannot have it, and runs without it. */
final class AskForOneDnn {
  private AskForOneDnn() {}

  public static void main(String[] arguments) {
    try {
      Engines.byName(OneDnnEngine.NAME);
      System.out.println("available");
    } catch (EngineUnavailableException unavailable) {
      System.out.println("message: " + unavailable.getMessage());
      System.out.println("cause: " + unavailable.getCause());
    }
    Engine best = Engines.best(DataType.FLOAT32);
    try (CaseData data = new LayerCase(Conv1D.of(2, 3), Shape.of(1, 5, 2)).integers(1)) {
      System.out.println(best.name() + " computed " + data.run(best, DataType.FLOAT32).length);
    }
  }
}
