package org.conv4j.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
  private static final int RUNS = 2000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyRunDoesEachPieceOnceBeforeItReturns(int members) {
    int[] done = new int[7];
    AtomicIntegerArray inside = new AtomicIntegerArray(members);
    List<IntConsumer> work = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      int member = i;
      work.add(
          piece -> {
            assertThat(inside.incrementAndGet(member)).isEqualTo(1);
            done[piece]++;
            inside.decrementAndGet(member);
          });
    }
    Team team = new Team(work);
    for (int run = 1; run <= RUNS; run++) {
      team.run(done.length);
      assertThat(done).containsOnly(run);
    }
  }

  @Test
  void helpersComeAreSentAwayAndComeAgain() throws InterruptedException {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs a processor for a helper");
    runUntilAHelperCame();
    List<Thread> helpers = helpers();
    assertThat(helpers).isNotEmpty().allMatch(thread -> thread.getContextClassLoader() == null);

    Team.dismissIdleHelpers();
    for (Thread helper : helpers) {
      helper.join();
    }
    runUntilAHelperCame();
  }

  /** None is promised, but where nobody ever helps something is wrong. */
  private static void runUntilAHelperCame() {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    Team team = new Team(List.of(piece -> work(workers), piece -> work(workers)));
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (workers.size() < 2 && System.nanoTime() < limit) {
      team.run(1000);
    }
    assertThat(workers).hasSize(2);
  }

  private static void work(Set<Thread> workers) {
    workers.add(Thread.currentThread());
  }

  private static List<Thread> helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("conv4j-helper"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatAPieceThrowsReachesTheCallerAndTheNextRunIsWhole(int thrower) {
    AtomicInteger done = new AtomicInteger();
    AtomicInteger broken = new AtomicInteger(1);
    IntConsumer work =
        piece -> {
          if (piece == thrower && broken.get() == 1) {
            throw new IllegalStateException("piece " + piece);
          }
          done.incrementAndGet();
        };
    Team team = new Team(Stream.generate(() -> work).limit(3).toList());
    assertThatThrownBy(() -> team.run(3)).hasMessage("piece " + thrower);
    assertThat(done.get()).isLessThanOrEqualTo(2);
    broken.set(0);
    done.set(0);
    team.run(3);
    assertThat(done).hasValue(3);
  }

  @Test
  void manyTeamsShareTheHelpers() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        calls.add(callers.submit(() -> everyRunDoesEachPieceOnceBeforeItReturns(3)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      callers.shutdown();
    }
    assertThat(helpers().size()).isLessThanOrEqualTo(8 * 2);
  }

  @Test
  void shortLivedCallersLeaveFewHelpers() throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Thread caller = new Thread(() -> new Team(List.of(p -> {}, p -> {})).run(100));
      caller.start();
      caller.join();
    }
    assertThat(helpers().size()).isLessThan(30);
  }
}
