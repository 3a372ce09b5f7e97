package org.conv4j.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.conv4j.activation.Activation;
import org.conv4j.op.FunctionCall;
import org.conv4j.op.Op;
import org.junit.jupiter.api.Test;

/** What draws ops draws every kind. */
class EveryOpTest {
  private static final int DRAWS = 2000;

  @Test
  void randomOpsAreOfEveryKind() {
    RandomOps ops = RandomOps.small(new Random(1), List.of(Activation.LINEAR));
    Set<Class<?>> drawn = new HashSet<>();
    for (RandomOps.Kind kind : RandomOps.Kind.values()) {
      drawn.add(ops.next(kind).getClass());
    }
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(everyKind());
  }

  @Test
  void absurdOpsAreOfEveryKind() {
    AbsurdOps ops = new AbsurdOps(new Random(1));
    Set<Class<?>> drawn = new HashSet<>();
    for (int i = 0; i < DRAWS; i++) {
      drawn.add(ops.next().getClass());
    }
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(everyKind());
  }

  private static Set<Class<?>> everyKind() {
    Set<Class<?>> kinds = new HashSet<>();
    collect(Op.class, kinds);
    return kinds;
  }

  private static void collect(Class<?> type, Set<Class<?>> kinds) {
    if (type == FunctionCall.class) {
      return; // No engine compiles it.
    }
    if (!type.isSealed()) {
      kinds.add(type);
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collect(permitted, kinds);
    }
  }
}
