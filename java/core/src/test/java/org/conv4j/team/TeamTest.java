package org.conv4j.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
  private static final int RUNS = 2000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyRunDoesAllWorkBeforeItReturns(int members) {
    int[] done = new int[members];
    List<Runnable> work = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      int member = i;
      work.add(() -> done[member]++);
    }
    Team team = new Team(work);
    for (int run = 1; run <= RUNS; run++) {
      team.run();
      assertThat(done).containsOnly(run);
    }
  }

  @Test
  void membersWorkAtTheSameTime() {
    CyclicBarrier all = new CyclicBarrier(3);
    Team team = new Team(Stream.<Runnable>generate(() -> () -> await(all)).limit(3).toList());
    team.run();
    team.run();
    assertThat(all.isBroken()).isFalse();
  }

  @Test
  void helpersThatAreSentAwayEndAndOthersComeWhenNeeded() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    Team team = new Team(Stream.<Runnable>generate(() -> done::incrementAndGet).limit(3).toList());
    team.run();
    List<Thread> helpers = helpers();
    assertThat(helpers).isNotEmpty().allMatch(thread -> thread.getContextClassLoader() == null);

    Team.dismissIdleHelpers();
    for (Thread helper : helpers) {
      helper.join();
    }
    team.run();
    assertThat(done).hasValue(6);
  }

  private static List<Thread> helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("conv4j-helper"))
        .toList();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatAMemberThrowsReachesTheCallerWhenTheOthersAreDone(int thrower) {
    AtomicInteger done = new AtomicInteger();
    AtomicInteger broken = new AtomicInteger(1);
    List<Runnable> work = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int member = i;
      work.add(
          () -> {
            if (member == thrower && broken.get() == 1) {
              throw new IllegalStateException("member " + member);
            }
            done.incrementAndGet();
          });
    }
    Team team = new Team(work);
    assertThatThrownBy(team::run).hasMessage("member " + thrower);
    assertThat(done).hasValue(2);
    broken.set(0);
    team.run();
    assertThat(done).hasValue(5);
  }

  @Test
  void manyTeamsShareTheHelpers() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        calls.add(callers.submit(() -> everyRunDoesAllWorkBeforeItReturns(3)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      callers.shutdown();
    }
  }
}
