package org.conv4j.djl;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.model.Predictor;
import org.conv4j.tensor.DataType;

/**
 * The options of {@code Criteria.optOption}, which are texts.
 *
 * @param engineName {@code engine}: the engine that computes
 * @param fallback {@code fallback}: {@code none}, or names of other engines
 * @param compile {@code threads}, {@code mode}, {@code exact}
 * @param layout {@code layout}
 * @param dataType {@code dataType}; null for the model's
 * @param maxPlans {@code maxPlans}: how many input shapes are kept ready
 */
record ModelOptions(
    String engineName,
    Fallback fallback,
    CompileOptions compile,
    InputLayout layout,
    DataType dataType,
    int maxPlans) {
  private static final String NAMES =
      "engine, fallback, threads, mode, exact, layout, dataType, maxPlans";

  static ModelOptions of(Map<String, ?> options) {
    Reader reader = new Reader(options == null ? Map.of() : options);
    Fallback fallback =
        switch (reader.text("fallback", "none")) {
          case "none" -> Fallback.none();
          case "listed" -> Fallback.listed();
          default -> Fallback.to(reader.text("fallback", "").split(" *, *"));
        };
    CompileOptions compile =
        CompileOptions.DEFAULT
            .withMode(reader.constant("mode", PerformanceMode.LATENCY))
            .withThreads(reader.number("threads", 0))
            .withExact(reader.flag("exact"));
    DataType dataType =
        reader.has("dataType") ? reader.constant("dataType", DataType.FLOAT32) : null;
    return new ModelOptions(
        reader.text("engine", "onednn"),
        fallback,
        compile,
        reader.constant("layout", InputLayout.AUTO),
        dataType,
        reader.number("maxPlans", Predictor.DEFAULT_MAX_PLANS));
  }

  /** Steps may always run on the Java engine; the whole network only if the user says so. */
  Engine engine(DataType type) {
    return Engines.byName(engineName, type, fallback);
  }

  private record Reader(Map<String, ?> options) {
    boolean has(String name) {
      return options.get(name) != null;
    }

    String text(String name, String otherwise) {
      Object value = options.get(name);
      return value == null ? otherwise : value.toString().trim();
    }

    int number(String name, int otherwise) {
      String text = text(name, Integer.toString(otherwise));
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw invalid(name, text, "a whole number");
      }
    }

    boolean flag(String name) {
      String text = text(name, "false");
      if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
        throw invalid(name, text, "true or false");
      }
      return Boolean.parseBoolean(text);
    }

    <E extends Enum<E>> E constant(String name, E otherwise) {
      String text = text(name, otherwise.name());
      E[] constants = otherwise.getDeclaringClass().getEnumConstants();
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
      throw invalid(name, text, "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT));
    }

    private IllegalArgumentException invalid(String name, String value, String expected) {
      return new IllegalArgumentException(
          "The option '%s' must be %s; given '%s'. The options given were %s; there are %s."
              .formatted(name, expected, value, new TreeSet<>(options.keySet()), NAMES));
    }
  }
}
