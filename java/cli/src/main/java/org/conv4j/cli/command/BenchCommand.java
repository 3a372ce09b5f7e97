package org.conv4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.conv4j.cli.measure.CaseRun;
import org.conv4j.cli.measure.EngineComparison;
import org.conv4j.cli.report.ComparisonTable;
import org.conv4j.engine.Engine;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.SimilarNames;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;
import org.conv4j.notation.CaseNotation;
import org.conv4j.tensor.DataType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times convolutions that are given as text. */
@Command(
    name = "bench",
    description = {
      "Time convolutions, given by name or in benchdnn's notation, on every engine.",
      "The error is relative to the largest output; exit code 1 if one exceeds 1e-4.",
      "Numbers for publication need the JMH benchmarks."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  public static final String NAME = "bench";

  private static final List<String> USUAL_CASES =
      List.of(
          "--conv mb1ic64ih56oc64oh56kh3ph1n\"dense 3x3\"",
          "--conv mb1ic64ih56oc128oh56kh1n\"pointwise\"",
          "--conv g128mb1ic128ih56oc128oh56kh3ph1n\"depthwise\"",
          "--conv mb1ic64iw1024oc64ow1024kw3pw16dw7n\"causal 1-D\"",
          "--deconv mb1ic64ih28oc32oh56kh4sh2ph1n\"transposed\"");

  /** The space before an operation that does not continue the one before it. */
  private static final Pattern BETWEEN_CASES = Pattern.compile("(?<!\\+)\\s+(?=--(de)?conv\\s)");

  private static final CaseFamilies FAMILIES =
      new CaseFamilies(file -> BenchCommand.class.getResourceAsStream("/cases/" + file));

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = "float32 or float64; by default ${DEFAULT-VALUE}.")
  private DataType dataType;

  @Parameters(
      paramLabel = "CASE",
      description = {
        "For example --conv mb1ic64ih56oc64oh56kh3ph1, or @FILE with a case on each line; or the",
        "name of a family, such as dense-3x3, or of a network, such as resnet50; by default one of",
        "each of some kinds."
      })
  private List<String> words = List.of();

  @Override
  public Integer call() {
    List<BenchCase> cases = cases();
    List<Engine> engines = common.enginesToCompare(dataType);
    List<EngineComparison> runs = new ArrayList<>();
    for (BenchCase benchCase : cases) {
      runs.add(CaseRun.of(benchCase, engines, dataType, common.compileOptions()));
    }
    return new ComparisonTable("case", engines, runs)
        .print(spec.commandLine().getOut(), common.json());
  }

  /** Words are names, or whole cases, or, without quotes in the shell, parts of them. */
  private List<BenchCase> cases() {
    if (words.isEmpty()) {
      return CaseNotation.read(NAME, USUAL_CASES);
    }
    List<BenchCase> cases = new ArrayList<>();
    List<String> notation = new ArrayList<>();
    for (String word : words) {
      boolean begins = word.startsWith("--conv") || word.startsWith("--deconv");
      boolean continues =
          !notation.isEmpty() && notation.get(notation.size() - 1).matches("\\+|--(de)?conv");
      if (begins || continues || word.equals("+")) {
        notation.add(word);
      } else {
        checkName(word);
        cases.addAll(FAMILIES.find(word));
      }
    }
    if (!notation.isEmpty()) {
      String text = String.join(" ", notation).strip();
      cases.addAll(CaseNotation.read(NAME, List.of(BETWEEN_CASES.split(text))));
    }
    return cases;
  }

  private void checkName(String word) {
    // What stands in a file of arguments is here in its place, if there is such a file.
    if (word.startsWith("@")) {
      throw new FileAccessException(
          "Cannot read " + word.substring(1) + ": there is no such file.");
    }
    if (word.startsWith("-")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Unknown option: '%s'.%s"
              .formatted(word, SimilarNames.question(word, spec.optionsMap().keySet())));
    }
  }
}
