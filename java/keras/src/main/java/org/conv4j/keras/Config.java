package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.conv4j.error.InvalidLayerException;

/**
 * The arguments of one object's configuration, read one by one with a type; what nobody asked for
 * can be refused at the end.
 */
final class Config {
  private final String owner;
  private final JsonNode arguments;
  private final Set<String> known = new HashSet<>();

  /**
   * Wraps a configuration.
   *
   * @param owner what messages call the object, for example {@code Layer 'conv2d'}
   * @param arguments a JSON object
   */
  Config(String owner, JsonNode arguments) {
    this.owner = owner;
    this.arguments = arguments;
  }

  JsonNode get(String argument) {
    known.add(argument);
    return arguments.path(argument);
  }

  boolean has(String argument) {
    JsonNode value = get(argument);
    return !value.isMissingNode() && !value.isNull();
  }

  int number(String argument) {
    if (!has(argument)) {
      throw new InvalidLayerException(owner + ": " + argument + " is missing.");
    }
    return toInt(argument, get(argument));
  }

  int number(String argument, int otherwise) {
    return get(argument).isMissingNode() ? otherwise : toInt(argument, get(argument));
  }

  double real(String argument, double otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw invalid(argument, "a number", value);
    }
    return value.doubleValue();
  }

  boolean flag(String argument, boolean otherwise) {
    JsonNode value = get(argument);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw invalid(argument, "true or false", value);
    }
    return value.booleanValue();
  }

  String text(String argument, String otherwise) {
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

  <E extends Enum<E>> E choice(String argument, Class<E> type, E otherwise) {
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

  /** Accepts arguments that play no part in inference. */
  void ignore(String... names) {
    known.addAll(Set.of(names));
  }

  /** Refuses arguments that would change the result, unless they are absent or null. */
  void refuse(String argument, String reason) {
    if (has(argument)) {
      throw new InvalidLayerException(
          "%s: %s is not supported: %s; given %s."
              .formatted(owner, argument, reason, get(argument)));
    }
  }

  void refuseUnknown() {
    for (Iterator<String> names = arguments.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new InvalidLayerException(
            "%s: there is no argument '%s'; given %s.".formatted(owner, name, arguments.get(name)));
      }
    }
  }

  InvalidLayerException invalid(String argument, String expected, Object given) {
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
