package org.conv4j.cli.command;

import java.util.Arrays;
import org.conv4j.tensor.DataType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a data type by the name that NumPy and Keras give it. */
final class DataTypeConverter implements ITypeConverter<DataType> {
  @Override
  public DataType convert(String value) {
    return Arrays.stream(DataType.values())
        .filter(type -> type.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of " + Arrays.toString(DataType.values()) + ", given " + value));
  }
}
