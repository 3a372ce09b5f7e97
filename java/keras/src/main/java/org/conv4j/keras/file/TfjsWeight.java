package org.conv4j.keras.file;

import java.nio.ByteOrder;
import java.util.Map;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.Elements;
import org.conv4j.bytes.MemoryBudget;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;
import org.conv4j.weights.Constant;

/**
 * One entry of a manifest of TensorFlow.js.
 *
 * @param name the weight's name
 * @param shape its shape
 * @param type what the elements are
 * @param stored how they are stored, which quantisation makes another type
 * @param scale what a stored number is multiplied with
 * @param min what is added then
 */
record TfjsWeight(
    String name, Shape shape, ElementType type, ElementType stored, double scale, double min) {
  private static final Map<String, ElementType> TYPES =
      Map.of("float32", ElementType.FLOAT32, "int32", ElementType.INT32, "bool", ElementType.BOOL);

  private static final Map<String, ElementType> QUANTISED =
      Map.of(
          "uint8", ElementType.UINT8,
          "uint16", ElementType.UINT16,
          "float16", ElementType.FLOAT16);

  static TfjsWeight read(JsonNode entry, String source) {
    String name = entry.path("name").asText();
    String what = "%s: the weight '%s'".formatted(source, name);
    if (name.isEmpty()) {
      throw new MalformedFileException(source + " has a weight without a name in its manifest.");
    }
    ElementType type = choose(TYPES, entry.path("dtype"), what);
    Shape shape = shape(entry.path("shape"), what);
    JsonNode quantisation = entry.path("quantization");
    if (!quantisation.isObject()) {
      return new TfjsWeight(name, shape, type, type, 1, 0);
    }
    ElementType stored = choose(QUANTISED, quantisation.path("dtype"), what);
    boolean scaled = stored != ElementType.FLOAT16;
    if (type == ElementType.BOOL || (type == ElementType.INT32 && !scaled)) {
      throw new MalformedFileException(what + " is quantised, which its dtype does not allow.");
    }
    return new TfjsWeight(
        name,
        shape,
        type,
        stored,
        scaled ? number(quantisation, "scale", what) : 1,
        scaled ? number(quantisation, "min", what) : 0);
  }

  long storedBytes() {
    return shape.elementCount() * stored.bytes();
  }

  WeightSource in(Bytes data, MemoryBudget budget) {
    return new WeightSource() {
      @Override
      public Shape shape() {
        return shape;
      }

      @Override
      public ElementType elementType() {
        return type;
      }

      @Override
      public Constant open(OpenFile owner) {
        budget.take(shape.elementCount() * type.dataType().bytes() + Memory.ALIGNMENT);
        Elements elements = new Elements(data, stored, ByteOrder.LITTLE_ENDIAN, shape);
        return owner.stored(shape, () -> dequantise(elements.read()));
      }
    };
  }

  /** In double and then rounded once, as JavaScript does. */
  private Tensor dequantise(Tensor stored) {
    if (scale == 1 && min == 0) {
      return stored;
    }
    if (type == ElementType.INT32) {
      try (stored) {
        Tensor wide = stored.copyAs(type.dataType());
        wide.transform(value -> Math.floor(value * scale + min + 0.5));
        return wide;
      }
    }
    stored.transform(value -> value * scale + min);
    return stored;
  }

  private static ElementType choose(Map<String, ElementType> types, JsonNode name, String what) {
    ElementType type = types.get(name.asText());
    if (type == null) {
      throw new MalformedFileException(
          "%s has the dtype '%s'; supported are %s."
              .formatted(
                  what,
                  name.asText(),
                  String.join(", ", types.keySet().stream().sorted().toList())));
    }
    return type;
  }

  private static Shape shape(JsonNode dims, String what) {
    long[] extents = new long[dims.size()];
    if (!dims.isArray()) {
      throw new MalformedFileException(what + " has no shape.");
    }
    for (int i = 0; i < extents.length; i++) {
      if (!dims.get(i).isIntegralNumber() || !dims.get(i).canConvertToLong()) {
        throw new MalformedFileException(what + " has the shape " + dims + ".");
      }
      extents[i] = dims.get(i).longValue();
    }
    try {
      Shape shape = Shape.of(extents);
      Math.multiplyExact(shape.elementCount(), Double.BYTES);
      return shape;
    } catch (ShapeMismatchException | ArithmeticException illegal) {
      throw new MalformedFileException(what + " has the impossible shape " + dims + ".", illegal);
    }
  }

  private static double number(JsonNode quantisation, String key, String what) {
    JsonNode value = quantisation.path(key);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new MalformedFileException("%s has no finite '%s'.".formatted(what, key));
    }
    return value.doubleValue();
  }
}
