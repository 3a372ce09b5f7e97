package org.conv4j.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.conv4j.cli.data.Labels;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** The classes that a model's first output takes images for; collects nothing unless asked to. */
public final class Classification {
  private final Labels labels;
  private final int top;
  private final List<Result> results = new ArrayList<>();

  private record Result(String file, List<Guess> best) {}

  /** Starts with no images; {@code top} is the number of classes to keep for each. */
  public Classification(Plan plan, Labels labels, int top) {
    this.labels = labels;
    this.top = top;
    Shape output = plan.outputShapes().get(0);
    if (top > 0) {
      if (output.rank() == 0 || output.elementCount() != output.dim(output.rank() - 1)) {
        throw new ShapeMismatchException(
            "The model returns %s, which is not a score for each class.".formatted(output));
      }
      labels.requireCount(output.elementCount());
    }
  }

  public void add(String file, Tensor scores) {
    if (top > 0) {
      results.add(new Result(file, Guess.best(scores.toDoubleArray(), labels, top)));
    }
  }

  boolean isEmpty() {
    return results.isEmpty();
  }

  List<String> lines() {
    return results.stream().map(Classification::line).toList();
  }

  private static String line(Result result) {
    return result.best().stream()
        .map(guess -> String.format(Locale.ROOT, "%s %.4f", guess.label(), guess.score()))
        .collect(Collectors.joining(", ", result.file() + ": ", ""));
  }

  List<Map<String, Object>> fields() {
    return results.stream()
        .map(result -> Map.<String, Object>of("file", result.file(), "best", result.best()))
        .toList();
  }
}
