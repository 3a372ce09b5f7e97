package org.conv4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.conv4j.engine.CompiledOp;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Op;
import org.conv4j.op.Softmax;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerTest {
  private static final Op OP = new Softmax(Shape.of(2, 3), 1, false);
  private static final Op OTHER_OP = new Softmax(Shape.of(2, 4), 1, false);
  private static final String MACHINE = "a processor";

  @TempDir private Path folder;

  private final AtomicInteger races = new AtomicInteger();
  private final List<FakeOp> compiled = new ArrayList<>();

  @Test
  void theWinnerIsKeptAndTheOthersAreClosed() {
    CompiledOp op = compile(tuner(), OP, "one", "two", "three");

    assertThat(op.kernel()).isEqualTo("three");
    assertThat(compiled)
        .allSatisfy(each -> assertThat(each.closed).isEqualTo(!each.kernel().equals("three")));
  }

  @Test
  void aSecondCompilationReadsWhatTheFirstFound() {
    compile(tuner(), OP, "one", "two");

    assertThat(compile(tuner(), OP, "one", "two").kernel()).isEqualTo("two");
    assertThat(races).hasValue(1);
    assertThat(compiled).hasSize(3);
  }

  @Test
  void aSingleCandidateIsNotTimed() {
    assertThat(compile(tuner(), OP, "one").kernel()).isEqualTo("one");
    assertThat(races).hasValue(0);
  }

  @Test
  void anotherOpTypeMachineOrSetOfCandidatesIsTimedAgain() {
    compile(tuner(), OP, "one", "two");

    compile(tuner(), OTHER_OP, "one", "two");
    compile(tuner(), OP, "one", "three");
    tuner().fastest(MACHINE, OP, DataType.FLOAT64, candidates("one", "two"));
    tuner().fastest("another processor", OP, DataType.FLOAT32, candidates("one", "two"));

    assertThat(races).hasValue(5);
  }

  @Test
  void aCandidateThatCannotRunTheOpIsLeftOut() {
    Candidate refusing = new Candidate("refusing", TunerTest::refuse);
    List<Candidate> candidates = List.of(refusing, candidates("one").get(0));

    assertThat(tuner().fastest(MACHINE, OP, DataType.FLOAT32, candidates).kernel())
        .isEqualTo("one");
  }

  @Test
  void ifNoneCanRunTheOpTheFirstSaysWhy() {
    List<Candidate> candidates =
        List.of(new Candidate("a", TunerTest::refuse), new Candidate("b", TunerTest::refuse));

    assertThatThrownBy(() -> tuner().fastest(MACHINE, OP, DataType.FLOAT32, candidates))
        .isInstanceOf(UnsupportedByEngineException.class)
        .hasMessage("refused");
  }

  @Test
  void aNameThatIsNoCandidateIsTimedAgain() throws IOException {
    compile(tuner(), OP, "one", "two");
    String text = Files.readString(file());
    Files.writeString(file(), text.replace("\ttwo\n", "\trm -rf\n"));

    assertThat(compile(tuner(), OP, "one", "two").kernel()).isEqualTo("two");
    assertThat(races).hasValue(2);
    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @Test
  void aRememberedCandidateThatNowRefusesIsTimedAgain() {
    compile(tuner(), OP, "one", "two");
    List<Candidate> candidates =
        List.of(candidates("one").get(0), new Candidate("two", TunerTest::refuse));

    assertThat(tuner().fastest(MACHINE, OP, DataType.FLOAT32, candidates).kernel())
        .isEqualTo("one");
  }

  @Test
  void everyDamageToTheFileIsAMiss() throws IOException {
    compile(tuner(), OP, "one", "two");
    byte[] good = Files.readAllBytes(file());
    int timed = races.get();
    List<byte[]> damaged =
        List.of(
            new byte[0],
            new byte[] {(byte) 0xff, 0, (byte) 0xc3, '\n', '\t'},
            "conv4j tuning 0\n".getBytes(StandardCharsets.UTF_8),
            new String(good, StandardCharsets.UTF_8)
                .replace(TuningCache.HEADER, "conv4j tuning 999")
                .getBytes(StandardCharsets.UTF_8),
            // Cut off in the middle of the name: what is left may be the name of another.
            Arrays.copyOf(good, good.length - 1));
    for (byte[] bytes : damaged) {
      Files.write(file(), bytes);

      assertThat(compile(tuner(), OP, "one", "two").kernel()).isEqualTo("two");

      assertThat(races).hasValue(++timed);
      assertThat(Files.readAllBytes(file())).isEqualTo(good);
    }
  }

  @Test
  void aCacheThatCannotBeReadOrWrittenOnlyCostsTime() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("directory/inside"));
    Path belowAFile = Files.createFile(folder.resolve("plain")).resolve("tuning");
    for (Path unusable : List.of(directory.getParent(), belowAFile)) {
      Tuner tuner = tuner(Optional.of(unusable));

      assertThat(compile(tuner, OP, "one", "two").kernel()).isEqualTo("two");
    }
    assertThat(races).hasValue(2);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void withoutACacheNothingIsRemembered() {
    compile(tuner(Optional.empty()), OP, "one", "two");
    compile(tuner(Optional.empty()), OP, "one", "two");

    assertThat(races).hasValue(2);
  }

  @Test
  void threadsThatWantTheSameOpTimeItOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> kernels = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        AtomicLong clock = new AtomicLong();
        List<Candidate> candidates =
            List.of(
                new Candidate("one", () -> new FakeOp("one", clock, 1)),
                new Candidate("two", () -> new FakeOp("two", clock, 1)));
        kernels.add(
            threads.submit(
                () -> tuner().fastest(MACHINE, OP, DataType.FLOAT32, candidates).kernel()));
      }
      for (Future<String> kernel : kernels) {
        assertThat(kernel.get()).isEqualTo("two");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(races).hasValue(1);
  }

  private CompiledOp compile(Tuner tuner, Op op, String... names) {
    return tuner.fastest(MACHINE, op, DataType.FLOAT32, candidates(names));
  }

  private List<Candidate> candidates(String... names) {
    List<Candidate> candidates = new ArrayList<>();
    for (String name : names) {
      Supplier<CompiledOp> compiler =
          () -> {
            FakeOp op = new FakeOp(name, new AtomicLong(), 1);
            compiled.add(op);
            return op;
          };
      candidates.add(new Candidate(name, compiler));
    }
    return candidates;
  }

  private static CompiledOp refuse() {
    throw new UnsupportedByEngineException("refused");
  }

  private Tuner tuner() {
    return tuner(Optional.of(file()));
  }

  /** The last contender wins. */
  private Tuner tuner(Optional<Path> cache) {
    return new Tuner(
        cache.map(TuningCache::new),
        (contenders, op, dataType) -> {
          races.incrementAndGet();
          return contenders.size() - 1;
        });
  }

  private Path file() {
    return folder.resolve("cache").resolve("tuning");
  }
}
