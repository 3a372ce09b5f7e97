package org.conv4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where the inputs are, and what comes out.
 *
 * @param input the place of the column of inputs
 * @param kind what it holds
 * @param output all columns of the result
 */
record Columns(int input, InputKind kind, StructType output) implements Serializable {
  /**
   * Checks the columns of a data frame.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  static Columns of(Conv4jTransformer transformer, StructType schema) {
    String in = required(transformer, transformer.inputCol());
    String out = required(transformer, transformer.outputCol());
    if (!Arrays.asList(schema.fieldNames()).contains(in)) {
      throw new IllegalArgumentException(
          "There is no column '%s' (inputCol); there are %s."
              .formatted(in, Arrays.toString(schema.fieldNames())));
    }
    if (Arrays.asList(schema.fieldNames()).contains(out)) {
      throw new IllegalArgumentException("There is a column '" + out + "' (outputCol) already.");
    }
    int index = schema.fieldIndex(in);
    InputKind kind = kind(in, schema.apply(index).dataType());
    DataType type =
        kind == InputKind.VECTOR
            ? SQLDataTypes.VectorType()
            : DataTypes.createArrayType(DataTypes.FloatType, false);
    return new Columns(index, kind, schema.add(out, type, true));
  }

  private static String required(
      Conv4jTransformer transformer, org.apache.spark.ml.param.Param<String> column) {
    if (!transformer.isDefined(column)) {
      throw new IllegalArgumentException(
          "The parameter %s of %s is not set.".formatted(column.name(), transformer.uid()));
    }
    return transformer.$(column);
  }

  private static InputKind kind(String column, DataType type) {
    if (type.equals(DataTypes.BinaryType)) {
      return InputKind.IMAGE;
    }
    if (type.equals(SQLDataTypes.VectorType())) {
      return InputKind.VECTOR;
    }
    if (type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType)) {
      return InputKind.FLOATS;
    }
    if (type instanceof ArrayType array && array.elementType().equals(DataTypes.DoubleType)) {
      return InputKind.DOUBLES;
    }
    throw new IllegalArgumentException(
        "The column '%s' (inputCol) must hold arrays of float or double, vectors, or images as binary; given %s."
            .formatted(column, type.simpleString()));
  }
}
