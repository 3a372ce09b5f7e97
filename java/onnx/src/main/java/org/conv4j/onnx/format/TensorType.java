package org.conv4j.onnx.format;

import java.util.Locale;
import org.conv4j.tensor.ElementType;

/** The types of elements that ONNX knows. */
public enum TensorType {
  /** See {@link ElementType#FLOAT32}. */
  FLOAT(1, ElementType.FLOAT32),
  /** See {@link ElementType#UINT8}. */
  UINT8(2, ElementType.UINT8),
  /** See {@link ElementType#INT8}. */
  INT8(3, ElementType.INT8),
  /** See {@link ElementType#UINT16}. */
  UINT16(4, ElementType.UINT16),
  /** See {@link ElementType#INT16}. */
  INT16(5, ElementType.INT16),
  /** See {@link ElementType#INT32}. */
  INT32(6, ElementType.INT32),
  /** See {@link ElementType#INT64}. */
  INT64(7, ElementType.INT64),
  /** Texts, which no convolution reads. */
  STRING(8, null),
  /** See {@link ElementType#BOOL}. */
  BOOL(9, ElementType.BOOL),
  /** See {@link ElementType#FLOAT16}. */
  FLOAT16(10, ElementType.FLOAT16),
  /** See {@link ElementType#FLOAT64}. */
  DOUBLE(11, ElementType.FLOAT64),
  /** See {@link ElementType#UINT32}. */
  UINT32(12, ElementType.UINT32),
  /** See {@link ElementType#UINT64}. */
  UINT64(13, ElementType.UINT64),
  /** See {@link ElementType#BFLOAT16}. */
  BFLOAT16(16, ElementType.BFLOAT16),
  /** Any other type, or none. */
  OTHER(0, null);

  private final int code;
  private final ElementType elements;

  TensorType(int code, ElementType elements) {
    this.code = code;
    this.elements = elements;
  }

  /** Finds a type by its number in {@code TensorProto.DataType}. */
  public static TensorType of(long code) {
    for (TensorType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return OTHER;
  }

  /** How elements are stored; null for what cannot be computed with. */
  public ElementType elements() {
    return elements;
  }

  /** Whether elements are floating-point numbers. */
  public boolean isFloating() {
    return elements != null && elements.isFloating();
  }

  /** Whether elements are whole numbers or truth values. */
  public boolean isInteger() {
    return elements != null && !elements.isFloating();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
