package org.conv4j.bench.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseNotation;

/** The cases of {@code bench/cases}, one file for each family. */
public final class Cases {
  /** The families in the order of the report. */
  public static final List<String> FAMILIES =
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

  private Cases() {}

  /**
   * Returns the cases of every family.
   *
   * @return the cases, without those of {@link #PEAK}
   */
  public static List<BenchCase> all() {
    return FAMILIES.stream().flatMap(family -> of(family).stream()).toList();
  }

  /**
   * Returns the cases of a family.
   *
   * @param family the name of its file
   * @return the cases in the order of the file
   */
  public static List<BenchCase> of(String family) {
    String resource = "/cases/" + family + ".txt";
    try (InputStream in = Cases.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new MalformedCaseException(
            "There is no family '" + family + "'; there are " + String.join(", ", FAMILIES) + ".");
      }
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return CaseNotation.read(family, lines);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Returns the case of an id.
   *
   * @param id family and name, see {@link BenchCase#id()}
   * @return the case
   */
  public static BenchCase byId(String id) {
    return Stream.concat(all().stream(), of(PEAK).stream())
        .filter(benchCase -> benchCase.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new MalformedCaseException("There is no case '" + id + "'."));
  }
}
