package org.conv4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conv4j.activation.Activation;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.machine.Machine;
import org.conv4j.op.Binary;
import org.conv4j.op.FunctionCall;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Op;
import org.conv4j.op.Softmax;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which batches are computed in parts. */
class BatchDivisionTest {
  private static final int CHANNELS = 64;

  /** Enough pixels that an example's values fill a cache of 1 MiB and its steps are work. */
  private static final int PIXELS = 4096;

  private static Program program(List<Op> ops) {
    List<Step> steps = new ArrayList<>();
    for (Op op : ops) {
      int id = steps.size();
      steps.add(
          new Step(
              "layer",
              op,
              Collections.nCopies(op.inputs().size(), id),
              id + 1,
              op instanceof InnerProduct
                  ? List.of(new Constant.Filled(Shape.of(CHANNELS, CHANNELS), 1))
                  : List.of()));
    }
    Shape input = ops.get(0).input();
    Shape output = ops.get(ops.size() - 1).output();
    return Program.of(List.of(input), Map.of(), steps, List.of(steps.size()), List.of(output));
  }

  /** Three matrix products for each of the pixels of a batch. */
  private static Program products(int batch, int pixels) {
    Op product =
        new InnerProduct(Shape.of(batch, pixels, CHANNELS), CHANNELS, false, Activation.LINEAR);
    return program(List.of(product, product, product));
  }

  private static BatchDivision divide(Program program, int threads) {
    return BatchDivision.of(program, threads, Machine.ZEN4);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 2, 1",
    "8, 1, 8",
    "8, 2, 8",
    "8, 4, 8",
    "7, 1, 7",
    "5, 2, 1",
    "3, 2, 1",
    "2, 2, 2",
    "2, 4, 1",
    "13, 2, 13"
  })
  void examplesThatFillTheCacheArePartsIfTheyKeepAllThreadsBusy(int batch, int threads, int parts) {
    BatchDivision division = divide(products(batch, PIXELS), threads);
    assertThat(division.parts()).isEqualTo(parts);
    assertThat(division.lanes()).isEqualTo(parts == 1 ? 1 : threads);
    assertThat(division.program().inputShapes().get(0).dim(0)).isEqualTo(batch / parts);
  }

  @Test
  void smallExamplesShareAPart() {
    assertThat(divide(products(64, PIXELS / 16), 1).parts()).isEqualTo(8);
  }

  @Test
  void whatStaysInTheCacheAnywayIsNotDividedForOneThread() {
    assertThat(divide(products(8, PIXELS / 16), 1).parts()).isEqualTo(1);
    assertThat(divide(products(8, PIXELS / 16), 2).parts()).isEqualTo(1);
  }

  @Test
  void littleWorkIsNotDivided() {
    Softmax softmax = new Softmax(Shape.of(300, 32, 32), 1, false);
    assertThat(divide(program(List.of(softmax, softmax)), 1).parts()).isEqualTo(1);
  }

  @Test
  void largeWeightsAreReadOnce() {
    Op dense = new InnerProduct(Shape.of(64, 4096), 4096, false, Activation.LINEAR);
    Constant weights = new Constant.Filled(Shape.of(4096, 4096), 1);
    List<Step> steps =
        List.of(
            new Step("first", dense, List.of(0), 1, List.of(weights)),
            new Step("second", dense, List.of(1), 2, List.of(weights)));
    Program program =
        Program.of(List.of(dense.input()), Map.of(), steps, List.of(2), List.of(dense.output()));
    assertThat(divide(program, 2).parts()).isEqualTo(1);
  }

  @Test
  void examplesThatDependOnEachOtherStayTogether() {
    Program dependent =
        program(
            Stream.concat(
                    products(8, PIXELS).steps().stream().map(Step::op),
                    Stream.of(new Softmax(Shape.of(8, PIXELS, CHANNELS), 0, false)))
                .toList());
    assertThat(divide(dependent, 1).parts()).isEqualTo(1);
    assertThat(divide(dependent, 2).parts()).isEqualTo(1);
  }

  @Test
  void functionsOfTheProgramAreCalledFromOneThreadAtATime() {
    List<Op> ops = new ArrayList<>(products(8, PIXELS).steps().stream().map(Step::op).toList());
    ops.add(call(ops.get(ops.size() - 1).output(), true));
    BatchDivision division = divide(program(ops), 2);
    assertThat(division.parts()).isEqualTo(8);
    assertThat(division.lanes()).isEqualTo(1);
    ops.set(ops.size() - 1, call(ops.get(ops.size() - 2).output(), false));
    assertThat(divide(program(ops), 2).parts()).isEqualTo(1);
  }

  private static Op call(Shape shape, boolean independent) {
    return new FunctionCall("f", List.of(shape), shape, (inputs, output) -> {}, independent);
  }

  @Test
  void smallerCachesTakeSmallerParts() {
    Machine half = Machine.ZEN4.withSecondLevelCache(Machine.ZEN4.secondLevelCache() / 2);
    Program program = products(64, PIXELS / 16);
    assertThat(BatchDivision.of(program, 1, half).parts()).isEqualTo(16);
  }

  @Test
  void threadsThatWakeSlowlyAreNotWorthIt() {
    Machine slow = Machine.ZEN4.withWakeNanoseconds(10 * Machine.ZEN4.wakeNanoseconds());
    Program program = products(8, PIXELS);
    assertThat(BatchDivision.of(program, 2, Machine.ZEN4).parts()).isEqualTo(8);
    assertThat(BatchDivision.of(program, 2, slow).parts()).isEqualTo(1);
  }

  @Test
  void aSingleExampleIsNotDivided() {
    Program program = products(1, PIXELS);
    assertThat(BatchDivision.of(program, new JavaEngine(), 2).parts()).isEqualTo(1);
  }

  @Test
  void aSingleStepIsNotDivided() {
    Op op = products(8, PIXELS).steps().get(0).op();
    assertThat(divide(program(List.of(op)), 1).parts()).isEqualTo(1);
    assertThat(divide(program(List.of(op)), 2).parts()).isEqualTo(1);
  }

  @Test
  void theReferenceEngineComputesEverythingAtOnce() {
    Program program = products(8, PIXELS);
    assertThat(BatchDivision.of(program, new ReferenceEngine(), 1).parts()).isEqualTo(1);
  }

  @Test
  void aConstantIsReadWholeOrTheBatchIsNotDivided() {
    Shape shape = Shape.of(4, 3);
    for (long rows : new long[] {1, 4}) {
      Shape constant = Shape.of(rows, 3);
      Op add = new Binary(shape, constant, BinaryFunction.ADD, Activation.LINEAR);
      Step step = new Step("add", add, List.of(0, 1), 2, List.of());
      try (Tensor given = Tensor.allocate(DataType.FLOAT32, constant)) {
        Program program =
            Program.of(
                List.of(shape),
                Map.of(1, new Constant.Given(given)),
                List.of(step),
                List.of(2),
                List.of(shape));
        assertThat(program.part(2).isPresent()).isEqualTo(rows == 1);
      }
    }
  }

  @Test
  void aValueThatDependsOnTheBatchCannotBeReadWhole() {
    Op add = new Binary(Shape.of(2, 6), Shape.of(1, 6), BinaryFunction.ADD, Activation.LINEAR);
    Step step = new Step("add", add, List.of(0, 1), 2, List.of());
    Program program =
        Program.of(
            List.of(Shape.of(2, 6), Shape.of(2, 3)),
            Map.of(),
            List.of(step),
            List.of(2),
            List.of(add.output()));
    assertThat(program.part(2)).isEmpty();
  }
}
