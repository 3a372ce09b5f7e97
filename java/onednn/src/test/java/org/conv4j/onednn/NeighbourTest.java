package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.ChainedOp;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Declined;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.OpTypes;
import org.conv4j.engine.Tuning;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Convolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.OpCase;
import org.junit.jupiter.api.Test;

/** What oneDNN has not is the affair of other engines, if the user allows it. */
class NeighbourTest {
  private static final Shape SEQUENCE = Shape.of(1, 40, 16);

  /** Of these, oneDNN has none. */
  private static final Elementwise RARE = Activation.SOFTSIGN;

  private static Convolution convolution(Elementwise function) {
    return new Convolution(SEQUENCE, SEQUENCE, Window.of(IntTuple.of(1)), 1, false, function);
  }

  private static ChainedOp compile(Op op, Fallback fallback) {
    List<Tensor> constants =
        op.constants().stream().map(shape -> Tensor.allocate(DataType.FLOAT32, shape)).toList();
    try {
      return EngineChain.of(new OneDnnEngine(), fallback)
          .compile(op, OpTypes.of(op, DataType.FLOAT32), constants, CompileOptions.DEFAULT);
    } finally {
      constants.forEach(Tensor::close);
    }
  }

  @Test
  void aRareFunctionBehindAConvolutionRunsOnANeighbour() {
    for (String neighbour : List.of(JavaEngine.NAME, ReferenceEngine.NAME)) {
      ChainedOp chained = compile(convolution(RARE), Fallback.to(neighbour));
      assertThat(chained.engine()).isEqualTo(OneDnnEngine.NAME);
      assertThat(chained.op().kernel()).endsWith("+activation on " + neighbour);
      chained.op().close();
    }
  }

  @Test
  void withoutANeighbourTheWholeOpIsDeclined() {
    assertThatThrownBy(() -> compile(convolution(RARE), Fallback.none()))
        .isInstanceOf(UnsupportedByEngineException.class)
        .hasMessageContaining("onednn has no function SOFTSIGN");
  }

  @Test
  void aRareFunctionAloneIsDeclined() {
    ChainedOp chained = compile(new Eltwise(SEQUENCE, RARE), Fallback.to(JavaEngine.NAME));
    assertThat(chained.engine()).isEqualTo(JavaEngine.NAME);
    assertThat(chained.declined().stream().map(Declined::engine))
        .containsExactly(OneDnnEngine.NAME);
    chained.op().close();
  }

  @Test
  void tuningLeavesTheSameToNeighbours() {
    CompileOptions tuned = CompileOptions.DEFAULT.withTuning(Tuning.withoutCache());
    for (Op op : List.of(new Eltwise(SEQUENCE, RARE), new Eltwise(Shape.of(9, 9, 999), RARE))) {
      try (CompiledOp compiled =
          EngineChain.of(new OneDnnEngine(), Fallback.to(JavaEngine.NAME))
              .compile(op, OpTypes.of(op, DataType.FLOAT32), List.of(), tuned)
              .op()) {
        assertThat(compiled.implementation()).startsWith("java:");
      }
    }
  }

  @Test
  void theAnswerDoesNotDependOnWhichEngineAppliesTheFunction() {
    OpCase opCase = OpCase.integers(convolution(RARE), new Random(1));
    double[] expected = opCase.run(new ReferenceEngine(), DataType.FLOAT32, CompileOptions.DEFAULT);
    for (String neighbour : List.of(JavaEngine.NAME, ReferenceEngine.NAME)) {
      CompileOptions options =
          CompileOptions.DEFAULT.withExact(true).withFallback(Fallback.to(neighbour));
      assertThat(opCase.run(new OneDnnEngine(), DataType.FLOAT32, options))
          .usingComparatorWithPrecision(1e-6)
          .containsExactly(expected);
    }
  }
}
