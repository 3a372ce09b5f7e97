package org.conv4j.cli.command;

import org.conv4j.cli.data.ImageStyle;
import org.conv4j.image.ValueRange;
import org.conv4j.shape.DataFormat;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a command that writes images. */
final class OutputImageOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--output-range",
      paramLabel = "RANGE",
      description = {
        "For --output X.png: the values that are black and white, 0..1 (default), -1..1 or 0..255.",
        "Values beyond them are clipped."
      })
  private ValueRange range;

  @Option(
      names = "--palette",
      description = {
        "For --output X.png: the best class of each pixel, in the colours of PASCAL VOC.",
        "Outputs of more than 4 channels are written so without it."
      })
  private boolean palette;

  /** Refuses what contradicts itself, or outputs that are no images. */
  void check(boolean images) {
    if (!images && (palette || range != null)) {
      throw refused("--palette and --output-range are for images: --output X.png or a folder.");
    }
    if (palette && range != null) {
      throw refused("--palette and --output-range exclude each other.");
    }
  }

  private CommandLine.ParameterException refused(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  ImageStyle style(DataFormat format) {
    return new ImageStyle(range, palette, format);
  }
}
