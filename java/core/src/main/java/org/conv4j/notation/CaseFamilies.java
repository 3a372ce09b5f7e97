package org.conv4j.notation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.error.SimilarNames;

/**
 * The cases of {@code bench/cases}, one file for each family, which programs have among their
 * resources. Immutable.
 */
public final class CaseFamilies {
  /** The families in the order of reports. */
  public static final List<String> NAMES =
      List.of(
          "dense-3x3",
          "pointwise",
          "strided",
          "dilated",
          "depthwise-2d",
          "depthwise-1d",
          "depth-multiplier",
          "grouped",
          "few-channel",
          "transposed",
          "causal-1d",
          "separable",
          "3d");

  /** The family whose fastest case stands for the machine's peak. */
  public static final String PEAK = "peak";

  /** The family that shows what a call costs, whatever it computes. */
  public static final String TINY = "tiny";

  private final Function<String, InputStream> open;

  /**
   * Finds the files.
   *
   * @param open opens the file of a name such as {@code 3d.txt}, or returns null if there is none
   */
  public CaseFamilies(Function<String, InputStream> open) {
    this.open = open;
  }

  /**
   * Returns the cases of every family.
   *
   * @return the cases, without those of {@link #PEAK} and {@link #TINY}
   */
  public List<BenchCase> all() {
    return NAMES.stream().flatMap(family -> of(family).stream()).toList();
  }

  /**
   * Returns the cases of a family.
   *
   * @param family the name of its file
   * @return the cases in the order of the file
   * @throws MalformedCaseException if there is no such family
   */
  public List<BenchCase> of(String family) {
    try (InputStream in = open.apply(family + ".txt")) {
      if (in == null) {
        throw new MalformedCaseException(
            "There is no family '%s'; there are %s.%s"
                .formatted(family, String.join(", ", NAMES), SimilarNames.question(family, NAMES)));
      }
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return CaseNotation.read(family, lines);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Finds cases by what they are called.
   *
   * @param name a family, or a part of the names of cases, such as {@code resnet50}
   * @return the cases of the family, or all whose name contains the part; at least one
   * @throws MalformedCaseException if there is none
   */
  public List<BenchCase> find(String name) {
    String part = name.toLowerCase(Locale.ROOT);
    List<String> families = new ArrayList<>(NAMES);
    families.add(PEAK);
    families.add(TINY);
    if (families.contains(part)) {
      return of(part);
    }
    List<BenchCase> all = Stream.concat(all().stream(), of(TINY).stream()).toList();
    List<BenchCase> found =
        all.stream()
            .filter(known -> !part.isEmpty() && known.id().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    if (found.isEmpty()) {
      Set<String> networks = new TreeSet<>(families);
      all.forEach(known -> networks.add(known.name().split(":")[0]));
      throw new MalformedCaseException(
          "No case is called '%s'; there are the families %s, and networks such as resnet50.%s"
              .formatted(name, String.join(", ", families), SimilarNames.question(name, networks)));
    }
    return found;
  }
}
