package org.conv4j.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.conv4j.shape.Shape;

/**
 * The plan of a model as a page that needs nothing beside it, on light and dark screens, wide and
 * narrow ones.
 *
 * @param title what is explained
 * @param engine the plan's engine; steps of others say so
 * @param totals what holds for the whole plan, by name
 * @param facts the machine and the options, by name
 * @param notes what limits the numbers
 * @param steps the steps, with the fields of the command's JSON
 */
public record ExplainPage(
    String title,
    String engine,
    Map<String, String> totals,
    Map<String, String> facts,
    List<String> notes,
    List<Map<String, Object>> steps) {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      :root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --quiet: #57606a;
              --line: #d8dee4; --panel: #f4f6f8; --time: #2f6fb0; --peak: #2e8a57; --warn: #9a6700; }
      @media (prefers-color-scheme: dark) {
        :root { --ground: #14171b; --text: #e4e8ec; --quiet: #9aa4ae; --line: #343b43;
                --panel: #1d2228; --time: #6aa9e6; --peak: #62c08c; --warn: #e3b341; }
      }
      body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 68rem; padding: 1rem;
             background: var(--ground); color: var(--text); overflow-wrap: anywhere; }
      h1 { font-size: 1.4rem; margin: .3rem 0 1rem; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0; }
      dt, .quiet { color: var(--quiet); }
      dd { margin: 0; }
      .totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; }
      .totals div { background: var(--panel); border-radius: .4rem; padding: .5rem .75rem; }
      .totals b { display: block; font-size: 1.2rem; }
      .warn { color: var(--warn); }
      table { border-collapse: collapse; width: 100%%; }
      th { text-align: left; color: var(--quiet); font-weight: normal; }
      th, td { padding: .4rem .6rem .4rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
      td:nth-child(1) { width: 36%%; }
      td:nth-child(n + 2) { width: 21%%; }
      .bar { height: .55rem; margin: .35rem 0 .2rem; background: var(--panel); border-radius: .2rem; }
      .bar i { display: block; height: 100%%; min-width: 1px; background: var(--time); border-radius: .2rem; }
      .peak i { background: var(--peak); }
      @media (max-width: 640px) {
        body { padding: .75rem; }
        thead { display: none; }
        tr { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .9rem; padding: .5rem 0;
             border-bottom: 1px solid var(--line); }
        td, td:nth-child(n) { border: 0; padding: .1rem 0; width: auto; }
        td:nth-child(1), td:nth-child(2) { grid-column: 1 / -1; }
      }
      </style>
      </head>
      <body>
      """;

  private static final int FULL = 100;

  /** The page's HTML. */
  public String html() {
    StringBuilder page = new StringBuilder();
    head(page);
    table(page);
    return page.append("</body>\n</html>\n").toString();
  }

  private void head(StringBuilder page) {
    page.append(HEAD.formatted(escape(title)));
    page.append("<h1>").append(escape(title)).append("</h1>\n<div class=\"totals\">\n");
    totals.forEach(
        (name, text) ->
            page.append("<div><b>%s</b>%s</div>\n".formatted(escape(text), escape(name))));
    page.append("</div>\n");
    notes.forEach(note -> page.append("<p class=\"warn\">%s</p>\n".formatted(escape(note))));
    page.append("<dl>\n");
    facts.forEach(
        (name, text) ->
            page.append("<dt>%s</dt><dd>%s</dd>\n".formatted(escape(name), escape(text))));
    page.append("</dl>\n");
  }

  private void table(StringBuilder page) {
    page.append(
        "<p class=\"quiet\">Time in us and as a share of all; the bar is its share of the longest"
            + " step. Speed as a share of the peak, which is what a direct 1x1 convolution reaches"
            + " on this machine.</p>\n<table>\n<thead><tr><th>step</th><th>kernel</th><th>time</th><th>speed</th></tr></thead>\n<tbody>\n");
    double longest =
        steps.stream().mapToDouble(step -> number(step, "microseconds")).max().orElse(1);
    for (Map<String, Object> step : steps) {
      page.append("<tr>\n<td><b>").append(escape(step.get("layer").toString())).append("</b>");
      for (Object fused : (List<?>) step.get("fused")) {
        page.append(" + ").append(escape(fused.toString()));
      }
      Shape output = Shape.ofElements((long[]) step.get("output_shape"));
      quiet(page, step.get("op") + ", " + output);
      page.append("<td>").append(escape(step.get("implementation").toString()));
      String other = engine.equals(step.get("engine")) ? "" : " on " + step.get("engine");
      quiet(page, step.get("kernel") + ", " + threads((Integer) step.get("threads")) + other);
      double time = number(step, "microseconds");
      bar(
          page,
          "time",
          time / longest,
          "%.1f us, %.1f %%".formatted(time, FULL * number(step, "share")));
      double peak = number(step, "share_of_peak");
      boolean counts = number(step, "gflops") > 0;
      bar(
          page,
          "peak",
          peak,
          counts
              ? "%.1f GFLOP/s, %.0f %%".formatted(number(step, "gflops"), FULL * peak)
              : "no multiplications");
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n");
  }

  private static void quiet(StringBuilder page, String text) {
    page.append("<br><span class=\"quiet\">").append(escape(text)).append("</span></td>\n");
  }

  private static String threads(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  private static void bar(StringBuilder page, String kind, double share, String text) {
    page.append(
        String.format(
            Locale.ROOT,
            "<td><div class=\"bar %s\"><i style=\"width:%.1f%%\"></i></div>%s</td>%n",
            kind,
            FULL * Math.max(0, Math.min(1, share)),
            escape(text)));
  }

  private static double number(Map<String, Object> step, String field) {
    return ((Number) step.get(field)).doubleValue();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
