package org.conv4j.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.conv4j.bench.cases.Operands;
import org.conv4j.engine.CompileOptions;
import org.conv4j.notation.BenchCase;
import org.conv4j.npy.Npy;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What the reference engine says. Its plain loops take seconds for large cases, so that one run
 * computes each answer once and every process reads it.
 */
final class ExpectedOutput {
  private ExpectedOutput() {}

  static double[] of(BenchCase benchCase) {
    Path file =
        WorkDirectory.folder("expected").resolve(WorkDirectory.fileName(benchCase.id(), ".npy"));
    if (!Files.exists(file)) {
      compute(benchCase, file);
    }
    try (Tensor expected = Npy.read(file)) {
      return expected.toDoubleArray();
    }
  }

  private static void compute(BenchCase benchCase, Path file) {
    try (Operands operands = Operands.of(benchCase, DataType.FLOAT64);
        Plan plan =
            Plan.compile(
                benchCase.program(operands.constants()).as(DataType.FLOAT64),
                new ReferenceEngine(),
                CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT64, benchCase.output())) {
      session.run(operands.input(), output);
      // A process that dies here must not leave half an answer behind.
      Path partial = Files.createTempFile(file.getParent(), "partial", ".npy");
      Npy.write(partial, output);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
