package org.conv4j.djl.memory;

import ai.djl.ndarray.types.DataType;
import java.util.List;

/** The types of elements in DJL's words and in ours. */
public final class Types {
  /** What arrays can hold; the types further on hold all values of those before, nearly. */
  private static final List<DataType> KNOWN =
      List.of(
          DataType.BOOLEAN,
          DataType.UINT8,
          DataType.INT8,
          DataType.INT32,
          DataType.INT64,
          DataType.FLOAT32,
          DataType.FLOAT64);

  private Types() {}

  public static DataType requireKnown(DataType type) {
    if (!KNOWN.contains(type)) {
      throw new UnsupportedOperationException(
          "The engine Conv4j has no arrays of the type %s; it has %s.".formatted(type, KNOWN));
    }
    return type;
  }

  public static org.conv4j.tensor.DataType conv4j(DataType type) {
    return type == DataType.FLOAT64
        ? org.conv4j.tensor.DataType.FLOAT64
        : org.conv4j.tensor.DataType.FLOAT32;
  }

  public static DataType djl(org.conv4j.tensor.DataType type) {
    return type == org.conv4j.tensor.DataType.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  public static boolean isFloating(DataType type) {
    return type == DataType.FLOAT32 || type == DataType.FLOAT64;
  }

  /** What two arrays are computed in together, as in PyTorch. */
  public static DataType common(DataType a, DataType b) {
    return KNOWN.get(Math.max(KNOWN.indexOf(requireKnown(a)), KNOWN.indexOf(requireKnown(b))));
  }

  /** What an array and a number are computed in: a fraction makes fractions of whole numbers. */
  public static DataType common(DataType type, Number number) {
    if (isFloating(type)) {
      return type;
    }
    return number instanceof Double
        ? DataType.FLOAT64
        : number instanceof Float ? DataType.FLOAT32 : type;
  }

  /** What a quotient, a root or an exponential is computed in. */
  public static DataType floating(DataType type) {
    return isFloating(type) ? type : DataType.FLOAT32;
  }
}
