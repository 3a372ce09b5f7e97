package org.conv4j.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.OpTypes;
import org.conv4j.op.Op;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.OpCase;
import org.conv4j.testkit.random.Activations;
import org.conv4j.testkit.random.RandomOps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tiles of an op may be computed by any thread in any order. */
class TeamTest {
  private static final int DRAWS = 60;
  private static final CompileOptions ONE_THREAD = CompileOptions.DEFAULT.withThreads(1);

  @ParameterizedTest
  @EnumSource
  void threeThreadsComputeWhatOneDoes(RandomOps.Kind kind) {
    Random random = new Random(3);
    RandomOps ops = RandomOps.small(random, Activations.ELEMENTWISE);
    for (int i = 0; i < DRAWS; i++) {
      OpCase opCase = OpCase.normal(ops.next(kind), random);
      DataType dataType = i % 2 == 0 ? DataType.FLOAT32 : DataType.FLOAT64;
      assertThat(opCase.run(new ThreeThreads(), dataType, ONE_THREAD))
          .as("%s of %s", opCase.op(), dataType)
          .isEqualTo(opCase.run(new JavaEngine(), dataType, ONE_THREAD));
    }
  }

  /** The Java engine, sharing ops that are too small for it. */
  private static final class ThreeThreads implements Engine {
    private final Engine engine = new JavaEngine();

    @Override
    public String name() {
      return "three-threads";
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Set<DataType> dataTypes() {
      return engine.dataTypes();
    }

    @Override
    public Compilation compile(
        Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
      TiledOp compiled = (TiledOp) engine.compile(op, types, constants, options, rest).op();
      return Compilation.of(
          new TiledOp(compiled.kernel(), compiled.implementation(), compiled.tiles(), 3));
    }
  }
}
