package org.conv4j.bench.command;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.conv4j.bench.cases.Cases;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.notation.BenchCase;
import picocli.CommandLine.Option;

/** The options that choose cases. */
final class CaseSelection {
  @Option(
      names = "--family",
      paramLabel = "NAME",
      split = ",",
      description = "Only cases of these families.")
  private List<String> families;

  @Option(
      names = "--case",
      paramLabel = "REGEX",
      description = "Only cases whose family/name contains a match.")
  private Pattern pattern = Pattern.compile("");

  List<BenchCase> all() {
    return of(families());
  }

  /** The same with one more family before all others, unless families were named. */
  List<BenchCase> allAnd(String family) {
    return of(
        families == null
            ? Stream.concat(Stream.of(family), Cases.FAMILIES.stream()).toList()
            : families);
  }

  private List<String> families() {
    return families == null ? Cases.FAMILIES : families;
  }

  private List<BenchCase> of(List<String> chosen) {
    List<BenchCase> selected =
        chosen.stream()
            .flatMap(family -> Cases.of(family).stream())
            .filter(benchCase -> pattern.matcher(benchCase.id()).find())
            .toList();
    if (selected.isEmpty()) {
      throw new MalformedCaseException("No case matches '" + pattern + "' in " + chosen + ".");
    }
    return selected;
  }

  /** The case with the least work of every family. */
  List<BenchCase> smallest() {
    List<BenchCase> all = all();
    return families().stream()
        .flatMap(
            family ->
                all.stream()
                    .filter(benchCase -> benchCase.family().equals(family))
                    .min(Comparator.comparingLong(BenchCase::flops))
                    .stream())
        .toList();
  }
}
