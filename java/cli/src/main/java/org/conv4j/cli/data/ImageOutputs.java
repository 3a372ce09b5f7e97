package org.conv4j.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.image.OutputImage;
import org.conv4j.image.ValueRange;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** Writes the outputs that go to images, run by run, so that a long row of them needs no memory. */
public final class ImageOutputs {
  private static final int MOST_COLOURS = 4;

  private final Model model;
  private final Plan plan;
  private final Map<String, NamedPath> files;
  private final List<Path> sources;
  private final ImageStyle style;

  /** Values beyond the range, and all values, by output. */
  private final Map<String, long[]> clipped = new LinkedHashMap<>();

  /**
   * Starts with no images.
   *
   * @param model the model
   * @param plan the model, compiled
   * @param files where outputs go; those that go to no image are left alone
   * @param sources for each run the file that its images are named after
   * @param style how values become pixels
   */
  public ImageOutputs(
      Model model, Plan plan, Map<String, NamedPath> files, List<Path> sources, ImageStyle style) {
    this.model = model;
    this.plan = plan;
    this.files = files;
    this.sources = sources;
    this.style = style;
    Map<Path, Path> taken = new TreeMap<>();
    for (Path source : sources) {
      taken.put(absolute(source), source);
    }
    for (int i = 0; i < model.outputNames().size(); i++) {
      NamedPath file = files.get(model.outputNames().get(i));
      if (file != null && file.isImages()) {
        checkTargets(file, model.outputNames().get(i), plan.outputShapes().get(i), taken);
      }
    }
  }

  /** Refuses files that would replace each other or an input. */
  private void checkTargets(NamedPath file, String name, Shape shape, Map<Path, Path> taken) {
    int images = sources.size() * examples(shape);
    if (!file.isFolder() && images > 1) {
      throw new ShapeMismatchException(
          "The output '%s' is %d images, which do not fit into %s; give a folder: --output masks/."
              .formatted(name, images, file.path()));
    }
    for (Path source : sources) {
      for (Path target : targets(file, source, examples(shape))) {
        Path other = taken.put(absolute(target), source);
        if (other != null) {
          throw new FileAccessException(
              "The image of %s cannot be written to %s, which is or belongs to %s."
                  .formatted(source, target, other));
        }
      }
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** How many images a run's output is: one for each example of the input's batch. */
  private int examples(Shape shape) {
    Shape input = plan.inputShapes().get(0);
    boolean batch =
        input.rank() > 1
            && shape.rank() > 2
            && input.dim(0) > 1
            && input.dim(0) == shape.dim(0)
            && (shape.rank() == 4 || shape.dim(2) > MOST_COLOURS);
    return batch ? Math.toIntExact(shape.dim(0)) : 1;
  }

  private static List<Path> targets(NamedPath file, Path source, int examples) {
    if (!file.isFolder()) {
      return List.of(file.path());
    }
    String name = source.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    List<Path> targets = new ArrayList<>();
    // Numbers of equal length, so that a listing has them in order.
    String number = "-%0" + Integer.toString(examples - 1).length() + "d";
    for (int i = 0; i < examples; i++) {
      targets.add(file.path().resolve(stem + (examples == 1 ? "" : number.formatted(i)) + ".png"));
    }
    return targets;
  }

  /** Writes the images of a run. */
  public void add(int run, Tensor[] outputs) {
    for (int i = 0; i < outputs.length; i++) {
      String name = model.outputNames().get(i);
      NamedPath file = files.get(name);
      if (file != null && file.isImages()) {
        if (file.isFolder()) {
          create(file.path());
        }
        write(name, outputs[i], targets(file, sources.get(run), examples(outputs[i].shape())));
      }
    }
  }

  private void write(String name, Tensor output, List<Path> targets) {
    Shape shape = targets.size() == 1 ? output.shape() : output.shape().withDim(0, 1);
    List<OutputImage> images = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      images.add(style.image(name, output.slice(i * shape.elementCount(), shape)));
    }
    for (int i = 0; i < targets.size(); i++) {
      images.get(i).write(targets.get(i));
      long[] counts = clipped.computeIfAbsent(name, key -> new long[2]);
      counts[0] += images.get(i).clipped();
      counts[1] += shape.elementCount();
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new FileAccessException("Cannot create the folder " + folder + ".", failure);
    }
  }

  /** A line for each output of which values were clipped. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    ValueRange range = style.range() == null ? ValueRange.ZERO_TO_ONE : style.range();
    clipped.forEach(
        (name, counts) -> {
          if (counts[0] > 0) {
            notes.add(
                "%d of %d values of the output '%s' are outside %s and were clipped (--output-range)."
                    .formatted(counts[0], counts[1], name, range));
          }
        });
    return notes;
  }
}
