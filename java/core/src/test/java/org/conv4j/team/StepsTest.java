package org.conv4j.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.conv4j.team.Explorer.Broken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link Permits} and {@link Place} in every order of the steps of two or three threads. What a
 * thread notes behind a step belongs to that step.
 */
class StepsTest {
  /** Two processors, a caller, and helpers that come twice each. */
  private static final class Busy implements Explorer.Scenario {
    private final Explorer explorer;
    private final int helpers;
    private Word busy;
    private int inside;
    private boolean tooMany;
    private boolean turnedAway;

    Busy(Explorer explorer, int helpers) {
      this.explorer = explorer;
      this.helpers = helpers;
    }

    @Override
    public List<Runnable> threads() {
      busy = explorer.word();
      inside = 0;
      tooMany = false;
      turnedAway = false;
      Permits permits = new Permits(2, busy);
      Runnable caller =
          () -> {
            permits.beginCall();
            inside++;
            permits.end();
            inside--;
          };
      Runnable helper =
          () -> {
            for (int time = 0; time < 2; time++) {
              if (permits.beginHelp()) {
                inside++;
                tooMany |= inside > 2;
                permits.end();
                inside--;
              } else {
                turnedAway = true;
              }
            }
          };
      return helpers == 1 ? List.of(caller, helper) : List.of(caller, helper, helper);
    }

    /** A caller is never turned away, so it may be one too many: the helpers never are. */
    @Override
    public boolean isRight() {
      return !tooMany && busy.get() == 0 && !(helpers == 1 && turnedAway);
    }
  }

  /** A place that is offered, two helpers that want it, and the caller that withdraws it. */
  private static final class Offered implements Explorer.Scenario {
    private final Explorer explorer;
    private Word present;
    private int inside;
    private int takers;
    private boolean callerIsGone;
    private boolean callerWaits;
    private boolean callerIsWoken;
    private boolean wrong;

    Offered(Explorer explorer) {
      this.explorer = explorer;
    }

    @Override
    public List<Runnable> threads() {
      present = explorer.word();
      inside = 0;
      takers = 0;
      callerIsGone = false;
      callerWaits = false;
      callerIsWoken = false;
      wrong = false;
      Place place = new Place(explorer.word(), present);
      place.offer();
      Runnable caller =
          () -> {
            place.withdraw();
            callerIsGone = present.get() == 0;
            callerWaits = !callerIsGone;
            wrong |= callerIsGone && inside > 0;
          };
      Runnable helper =
          () -> {
            if (place.take()) {
              takers++;
              inside++;
              wrong |= callerIsGone || inside > 1;
              place.giveBack();
              inside--;
            }
            callerIsWoken |= place.leave() && callerWaits;
          };
      return List.of(caller, helper, helper);
    }

    @Override
    public boolean isRight() {
      boolean waitsForEver = callerWaits && !callerIsWoken;
      return !wrong && takers <= 1 && present.get() == 0 && !waitsForEver;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void helpersNeverTakeMoreProcessorsThanThereAre(int helpers) throws InterruptedException {
    Explorer explorer = new Explorer(Broken.NOTHING);
    assertThat(explorer.explore(new Busy(explorer, helpers)))
        .as("orders, negative if one is wrong")
        .isGreaterThan(10);
  }

  @Test
  void aCallerThatIsGoneIsNotHelpedAndOneThatWaitsIsWoken() throws InterruptedException {
    Explorer explorer = new Explorer(Broken.NOTHING);
    assertThat(explorer.explore(new Offered(explorer)))
        .as("orders, negative if one is wrong")
        .isGreaterThan(100);
  }

  /** Else the tests above would say nothing. */
  @ParameterizedTest
  @EnumSource(names = {"ADD", "REPLACE"})
  void aStepThatIsSplitInTwoIsNoticed(Broken broken) throws InterruptedException {
    Explorer explorer = new Explorer(broken);
    assertThat(explorer.explore(new Offered(explorer))).as("the wrong order").isNegative();
    if (broken == Broken.ADD) {
      assertThat(explorer.explore(new Busy(explorer, 2))).as("the wrong order").isNegative();
    }
  }
}
