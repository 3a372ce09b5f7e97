package org.conv4j.team;

/**
 * A helper's place in a team. Its caller offers it and withdraws the offer; a helper that came
 * before takes it, and is waited for.
 */
final class Place {
  private static final int CLOSED = 0;
  private static final int OPEN = 1;
  private static final int TAKEN = 2;

  private final Word state;

  /** How many helpers are here, at any place of the team. */
  private final Word present;

  Place(Word state, Word present) {
    this.state = state;
    this.present = present;
  }

  /** Caller: offers the place, where nobody is. */
  void offer() {
    state.set(OPEN);
  }

  /** Caller: lets nobody take the place any more. */
  void withdraw() {
    state.replace(OPEN, CLOSED);
  }

  /**
   * Helper: takes the place, if it is offered; returns whether it is. It must leave even if not.
   */
  boolean take() {
    // Counted first: the caller withdraws its offers, and then looks who is here.
    present.add(1);
    return state.replace(OPEN, TAKEN);
  }

  /** Helper: gives back the place that it took. */
  void giveBack() {
    state.set(CLOSED);
  }

  /** Helper: leaves; returns whether nobody is here any more. */
  boolean leave() {
    return present.add(-1) == 0;
  }
}
