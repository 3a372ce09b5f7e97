package org.conv4j.onednn.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.conv4j.machine.Machine;
import org.conv4j.op.Op;

/**
 * All ways to run ops of a kind, those first that win where two cost the same.
 *
 * @param <O> the kind of op
 * @param inOrder the ways
 */
public record Kernels<O extends Op>(List<KernelCandidate<O>> inOrder) {
  /** A way with its cost. */
  private record Estimate<O extends Op>(KernelCandidate<O> kernel, double cost) {}

  /**
   * Returns the ways that compute an op, the one with the least cost first.
   *
   * @param op the op
   * @param exact whether ways that round differently are left out
   * @param machine the processor
   * @param threads how many threads will run it
   */
  public List<KernelCandidate<O>> byCost(O op, boolean exact, Machine machine, int threads) {
    List<Estimate<O>> estimates = new ArrayList<>();
    for (KernelCandidate<O> kernel : inOrder) {
      if (kernel.isExact() || !exact) {
        OptionalDouble cost = kernel.cost(op, machine, threads);
        if (cost.isPresent()) {
          estimates.add(new Estimate<>(kernel, cost.getAsDouble()));
        }
      }
    }
    estimates.sort(Comparator.comparingDouble(Estimate::cost));
    List<KernelCandidate<O>> kernels = new ArrayList<>();
    for (Estimate<O> estimate : estimates) {
      kernels.add(estimate.kernel());
    }
    return kernels;
  }

  /** Returns the first of those; nothing if none computes the op. */
  public Optional<KernelCandidate<O>> cheapest(O op, boolean exact, Machine machine, int threads) {
    KernelCandidate<O> cheapest = null;
    double least = Double.POSITIVE_INFINITY;
    for (KernelCandidate<O> kernel : inOrder) {
      if (kernel.isExact() || !exact) {
        double cost = kernel.cost(op, machine, threads).orElse(Double.POSITIVE_INFINITY);
        if (cost < least) {
          cheapest = kernel;
          least = cost;
        }
      }
    }
    return Optional.ofNullable(cheapest);
  }
}
