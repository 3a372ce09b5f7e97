package org.conv4j.cli.command;

import java.util.List;
import java.util.Locale;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.SimilarNames;
import org.conv4j.image.Preprocessing;
import org.conv4j.image.ResizeMethod;
import org.conv4j.image.ValueRange;
import org.conv4j.shape.DataFormat;
import org.conv4j.tensor.DataType;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of some values by its text, of any case, and suggests one for what is none.
 *
 * @param <T> the type of the values
 */
public final class Choice<T> implements ITypeConverter<T> {
  private static final String IMAGENET =
      "caffe for ResNet and VGG; torch for DenseNet; tf for MobileNet, Inception, Xception,"
          + " ResNetV2 and NASNet; none for EfficientNet, ConvNeXt and MobileNetV3.";

  private final List<T> values;

  private Choice(T[] values) {
    this.values = List.of(values);
  }

  /**
   * Makes all options of a command line choices whose type has few values.
   *
   * @param commandLine the command with its subcommands
   */
  public static void register(CommandLine commandLine) {
    commandLine.registerConverter(DataFormat.class, new Choice<>(DataFormat.values()));
    commandLine.registerConverter(DataType.class, new Choice<>(DataType.values()));
    commandLine.registerConverter(PerformanceMode.class, new Choice<>(PerformanceMode.values()));
    commandLine.registerConverter(ResizeMethod.class, new Choice<>(ResizeMethod.values()));
    commandLine.registerConverter(ValueRange.class, new Choice<>(ValueRange.values()));
    Choice<Preprocessing.Mode> modes = new Choice<>(Preprocessing.Mode.values());
    commandLine.registerConverter(
        Preprocessing.Mode.class,
        text -> {
          if (text.equalsIgnoreCase("imagenet")) {
            throw new TypeConversionException(
                "weights of ImageNet need the mode of their family: " + IMAGENET);
          }
          return modes.convert(text);
        });
  }

  @Override
  public T convert(String text) {
    for (T value : values) {
      if (spelling(value).equals(spelling(text))) {
        return value;
      }
    }
    List<String> known =
        values.stream().map(value -> value.toString().toLowerCase(Locale.ROOT)).toList();
    throw new TypeConversionException(
        "expected one of %s; given '%s'.%s"
            .formatted(String.join(", ", known), text, SimilarNames.question(text, known)));
  }

  private static String spelling(Object value) {
    return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
