package org.conv4j.keras.layer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.writer.Writer;
import org.conv4j.shape.IntTuple;

/**
 * The arguments of one object's configuration, read one by one with a type; what nobody asked for
 * can be refused at the end.
 */
public final class Config {
  private final String owner;
  private final JsonNode arguments;
  private final Writer writer;
  private final Set<String> known = new HashSet<>();

  /**
   * Wraps a configuration.
   *
   * @param owner what messages call the object, for example {@code Layer 'conv2d'}
   * @param arguments a JSON object
   * @param writer what wrote it, which decides what some names mean
   */
  public Config(String owner, JsonNode arguments, Writer writer) {
    this.owner = owner;
    this.arguments = arguments;
    this.writer = writer;
  }

  public Writer writer() {
    return writer;
  }

  public JsonNode get(String argument) {
    known.add(argument);
    return arguments.path(argument);
  }

  public boolean has(String argument) {
    JsonNode value = get(argument);
    return !value.isMissingNode() && !value.isNull();
  }

  public int number(String argument) {
    if (!has(argument)) {
      throw new InvalidLayerException(owner + ": " + argument + " is missing.");
    }
    return toInt(argument, get(argument));
  }

  public int number(String argument, int otherwise) {
    return get(argument).isMissingNode() ? otherwise : toInt(argument, get(argument));
  }

  public double real(String argument) {
    if (!has(argument)) {
      throw new InvalidLayerException(owner + ": " + argument + " is missing.");
    }
    return real(argument, 0);
  }

  public double real(String argument, double otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw invalid(argument, "a number", value);
    }
    return value.doubleValue();
  }

  public boolean flag(String argument, boolean otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw invalid(argument, "true or false", value);
    }
    return value.booleanValue();
  }

  public String text(String argument, String otherwise) {
    JsonNode value = get(argument);
    if (!has(argument)) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw invalid(argument, "a string", value);
    }
    return value.textValue();
  }

  /** A number for all dimensions or a list of one for each, as many as the layer has. */
  int[] tuple(String argument, int rank, Integer otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode() && otherwise != null) {
      return new int[] {otherwise};
    }
    if (value.isArray()) {
      if (value.size() != rank) {
        throw invalid(argument, "a number or a list of " + rank, value);
      }
      int[] numbers = new int[rank];
      for (int i = 0; i < rank; i++) {
        numbers[i] = toInt(argument, value.get(i));
      }
      return numbers;
    }
    if (!has(argument)) {
      throw new InvalidLayerException(owner + ": " + argument + " is missing.");
    }
    return new int[] {toInt(argument, value)};
  }

  public <E extends Enum<E>> E choice(String argument, Class<E> type, E otherwise) {
    String name = text(argument, otherwise.name());
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    StringBuilder names = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      names.append(names.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
    }
    throw invalid(argument, "one of " + names, get(argument));
  }

  /** A whole number or a list of them. */
  IntTuple axes(String argument, IntTuple otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isArray()) {
      return IntTuple.of(toInt(argument, value));
    }
    return IntTuple.generate(value.size(), i -> toInt(argument, value.get(i)));
  }

  /** A number or a list of numbers, which may be a NumPy array. */
  public List<Double> reals(String argument, Double otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode() && otherwise != null) {
      return List.of(otherwise);
    }
    if (value.path("class_name").asText().equals("__numpy__")) {
      value = value.path("config").path("value");
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : value.isArray() ? value : List.of(value)) {
      if (!number.isNumber()) {
        throw invalid(argument, "a number or a list of numbers", get(argument));
      }
      numbers.add(number.doubleValue());
    }
    return numbers;
  }

  /**
   * What is at both ends of each dimension: one number for all; or, in a list, one for both ends of
   * each dimension or a list of two. A list of two numbers is both ends of a single dimension.
   *
   * @return one number, or two for each dimension
   */
  int[] ends(String argument, int rank, int otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode()) {
      return new int[] {otherwise};
    }
    if (!value.isArray()) {
      return new int[] {toInt(argument, value)};
    }
    boolean pairs = rank == 1;
    int[] ends = new int[2 * rank];
    if (value.size() != (pairs ? 2 : rank)) {
      throw invalid(argument, "a number or a list of " + (pairs ? 2 : rank), value);
    }
    for (int i = 0; i < ends.length; i++) {
      JsonNode entry = pairs ? value.get(i) : value.get(i / 2);
      if (!pairs && entry.isArray() && entry.size() != 2) {
        throw invalid(argument, "numbers, or lists of two", value);
      }
      ends[i] = toInt(argument, !pairs && entry.isArray() ? entry.get(i % 2) : entry);
    }
    return ends;
  }

  String owner() {
    return owner;
  }

  /** Accepts what says how variables start and are trained, which plays no part in inference. */
  void ignoreVariables(String... variables) {
    for (String variable : variables) {
      ignore(variable + "_initializer", variable + "_regularizer", variable + "_constraint");
    }
  }

  /** Accepts all arguments, for a layer of which none plays a part in inference. */
  void ignoreAll() {
    known.addAll(arguments.names());
  }

  /** Accepts arguments that play no part in inference. */
  public void ignore(String... names) {
    known.addAll(Set.of(names));
  }

  /** Refuses arguments that would change the result, unless they are absent or null. */
  public void refuse(String argument, String reason) {
    if (has(argument)) {
      throw new InvalidLayerException(
          "%s: %s is not supported: %s; given %s."
              .formatted(owner, argument, reason, get(argument)));
    }
  }

  public void refuseUnknown() {
    for (String name : arguments.names()) {
      if (!known.contains(name)) {
        throw new InvalidLayerException(
            "%s: there is no argument '%s'; given %s.".formatted(owner, name, arguments.get(name)));
      }
    }
  }

  public InvalidLayerException invalid(String argument, String expected, Object given) {
    return new InvalidLayerException(
        "%s: %s must be %s; given %s.".formatted(owner, argument, expected, given));
  }

  private int toInt(String argument, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw invalid(argument, "a whole number that fits 32 bits", value);
    }
    return value.intValue();
  }
}
