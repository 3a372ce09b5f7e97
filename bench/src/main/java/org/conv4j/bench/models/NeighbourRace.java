package org.conv4j.bench.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.conv4j.error.Conv4jException;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * Times every call of libraries by turns while other processes keep processors busy.
 *
 * @param rivals who else to measure
 * @param threads how many threads conv4j and the rivals are given; conv4j is measured with one, too
 * @param busy how many busy processes there are, one setting after the other
 * @param rounds how often each library takes its turn
 * @param milliseconds how long a turn takes, roughly
 */
public record NeighbourRace(
    List<String> rivals, int threads, List<Integer> busy, int rounds, int milliseconds) {
  private static final int WARMUP_CALLS = 20;

  /** A library with a number of threads, and its process. */
  private record Subject(WorkerProcess worker, int threads, List<Double> times) {}

  /**
   * Measures.
   *
   * @param folder holds a folder for each network
   * @param models names of networks, or nothing for all
   * @param work an existing folder for what the processes write
   * @param measured is given what was measured of a setting
   * @param refused is told which rival could not run a network, and why
   * @throws Conv4jException if conv4j itself could not
   */
  public void run(
      Path folder,
      List<String> models,
      Path work,
      Consumer<Latencies> measured,
      Consumer<String> refused) {
    for (ModelFiles files : ModelFiles.in(folder)) {
      if (models.isEmpty() || models.contains(files.name())) {
        List<Subject> subjects = new ArrayList<>();
        try {
          start(files, work, subjects, refused);
          for (int neighbours : busy) {
            race(files.name(), neighbours, subjects, measured);
          }
        } finally {
          subjects.forEach(subject -> subject.worker().close());
        }
      }
    }
  }

  private void start(
      ModelFiles files, Path work, List<Subject> subjects, Consumer<String> refused) {
    Map<String, Tensor> golden = Npz.read(files.golden());
    Shape input = one(golden.get("input"));
    Shape output = one(golden.get("output"));
    golden.values().forEach(Tensor::close);
    for (String name : List.of(Conv4jModels.NAME, Conv4jModels.JAVA)) {
      subjects.add(subject(name, new ModelSetting(files, input, output, threads), work));
      subjects.add(subject(name, new ModelSetting(files, input, output, 1), work));
    }
    for (String name : rivals) {
      try {
        subjects.add(subject(name, new ModelSetting(files, input, output, threads), work));
      } catch (Conv4jException failure) {
        refused.accept(failure.getMessage());
      }
    }
  }

  /** The shape of a batch of one. */
  private static Shape one(Tensor golden) {
    long[] dims = golden.shape().toArray();
    dims[0] = 1;
    return Shape.of(dims);
  }

  private static Subject subject(String name, ModelSetting setting, Path work) {
    WorkerProcess worker = WorkerProcess.start(name, setting, work);
    worker.times(WARMUP_CALLS);
    return new Subject(worker, setting.threads(), new ArrayList<>());
  }

  private void race(
      String model, int neighbours, List<Subject> subjects, Consumer<Latencies> measured) {
    List<BusyProcess> processes = new ArrayList<>();
    try {
      while (processes.size() < neighbours) {
        processes.add(new BusyProcess());
      }
      List<Subject> order = new ArrayList<>(subjects);
      for (int round = 0; round < rounds; round++) {
        for (Subject subject : order) {
          turn(subject);
        }
        Collections.rotate(order, 1);
      }
    } finally {
      processes.forEach(BusyProcess::close);
    }
    for (Subject subject : subjects) {
      measured.accept(
          new Latencies(
              model,
              subject.worker().name(),
              subject.threads(),
              neighbours,
              subject.times().stream().mapToDouble(time -> time).toArray()));
      subject.times().clear();
    }
  }

  /** The first calls of a turn find their helpers asleep, as those of a request would. */
  private void turn(Subject subject) {
    double left = milliseconds;
    long calls = 1;
    while (left > 0) {
      double[] times = subject.worker().times(calls);
      for (double time : times) {
        subject.times().add(time);
        left -= time;
      }
      calls = Math.max(1, Math.min(2 * calls, (long) (left / times[times.length - 1])));
    }
  }
}
