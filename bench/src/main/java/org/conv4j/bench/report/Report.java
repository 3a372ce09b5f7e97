package org.conv4j.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.bench.record.RunFile;
import org.conv4j.error.FileAccessException;

/** Writes a folder with the report of one or several runs. */
public final class Report {
  private static final String TITLE = "conv4j benchmarks";

  private Report() {}

  /**
   * Writes {@code results.json}, {@code report.md}, plots and {@code index.html}.
   *
   * @param runs the runs; where they overlap, the later one counts
   * @param folder where the files go; made if need be
   */
  public static void write(List<RunFile> runs, Path folder) {
    Results results = new Results(runs);
    ReportText text = new ReportText(results);
    try {
      Files.createDirectories(folder);
      List<Section> sections = text.sections(Plots.draw(results, text.comparisons(), folder));
      Files.writeString(folder.resolve("report.md"), Markdown.of(TITLE, sections));
      Files.writeString(folder.resolve("index.html"), Html.of(TITLE, sections, folder));
      JsonFiles.write(folder.resolve("results.json"), compact(results));
    } catch (IOException failure) {
      throw new FileAccessException(
          "Cannot write the report to '" + folder + "': " + failure + ".", failure);
    }
  }

  private static Map<String, Object> compact(Results results) {
    Map<String, Object> compact = new LinkedHashMap<>();
    compact.put("environments", results.environments());
    Map<String, Double> peaks = new LinkedHashMap<>();
    for (int threads : results.threads()) {
      results.peak(threads).ifPresent(peak -> peaks.put("" + threads, peak));
    }
    compact.put("peak_gflops_by_threads", peaks);
    compact.put("copy_gigabytes_per_second_by_bytes", results.gigabytesPerSecond());
    compact.put("measurements", results.measurements());
    compact.put("notes", results.notes());
    return compact;
  }
}
