package org.conv4j.bench.command;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.conv4j.bench.cases.Cases;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(
      paramLabel = "NAME",
      description = "Only cases of these names: families or networks, such as dense-3x3 resnet50.")
  private List<String> names = List.of();

  List<BenchCase> all() {
    return of(families == null ? CaseFamilies.NAMES : families);
  }

  /** The same with one more family before all others, unless families were named. */
  List<BenchCase> allAnd(String family) {
    return of(
        families == null
            ? Stream.concat(Stream.of(family), CaseFamilies.NAMES.stream()).toList()
            : families);
  }

  private List<BenchCase> of(List<String> chosen) {
    List<BenchCase> candidates =
        names.isEmpty()
            ? chosen.stream().flatMap(family -> Cases.of(family).stream()).toList()
            : names.stream()
                .flatMap(name -> Cases.find(name).stream())
                .distinct()
                .filter(found -> families == null || families.contains(found.family()))
                .toList();
    List<BenchCase> selected =
        candidates.stream().filter(benchCase -> pattern.matcher(benchCase.id()).find()).toList();
    if (selected.isEmpty()) {
      throw new MalformedCaseException(
          "No case matches '%s' in %s.".formatted(pattern, names.isEmpty() ? chosen : names));
    }
    return selected;
  }

  /** The case with the least work of every family. */
  List<BenchCase> smallest() {
    List<BenchCase> all = all();
    return all.stream()
        .map(BenchCase::family)
        .distinct()
        .flatMap(
            family ->
                all.stream()
                    .filter(benchCase -> benchCase.family().equals(family))
                    .min(Comparator.comparingLong(BenchCase::flops))
                    .stream())
        .toList();
  }
}
