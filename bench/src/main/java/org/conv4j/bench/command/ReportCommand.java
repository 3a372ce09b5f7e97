package org.conv4j.bench.command;

import java.nio.file.Path;
import java.util.List;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.bench.record.RunFile;
import org.conv4j.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns results into a report. */
@Command(
    name = "report",
    description = "Write tables, plots and an HTML page from the results of runs.",
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Runnable {
  @Parameters(
      paramLabel = "RUN.json",
      arity = "1..*",
      description = "What 'run' wrote; where files overlap, the later one counts.")
  private List<Path> files;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Where the report goes; by default ${DEFAULT-VALUE}.",
      defaultValue = "bench/results")
  private Path folder;

  @Override
  public void run() {
    Report.write(files.stream().map(file -> JsonFiles.read(file, RunFile.class)).toList(), folder);
  }
}
