package org.conv4j.bench.run;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.bench.record.Subject;

/**
 * What one process measures: everything for one number of threads.
 *
 * @param problems the ids of the cases
 * @param engines the names of the engines
 * @param peers the names of the rivals
 * @param threads the number of threads that a run may use
 * @param dataType the type to compute with, as NumPy names it
 * @param machine whether to measure the machine's peak and memory too
 * @param effort how long to measure
 * @param profilers JMH's profilers to attach
 */
public record RunPlan(
    List<String> problems,
    List<String> engines,
    List<String> peers,
    int threads,
    String dataType,
    boolean machine,
    Effort effort,
    List<String> profilers) {

  /** Every subject that must end up with a number or with a reason why not. */
  List<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    for (String problem : problems) {
      engines.forEach(name -> subjects.add(subject(Subject.Kind.ENGINE, name, problem)));
      peers.forEach(name -> subjects.add(subject(Subject.Kind.PEER, name, problem)));
    }
    return subjects;
  }

  private Subject subject(Subject.Kind kind, String name, String problem) {
    return new Subject(kind, name, problem, threads, dataType);
  }
}
