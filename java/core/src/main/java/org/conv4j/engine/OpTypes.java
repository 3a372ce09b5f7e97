package org.conv4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.ValueType;

/**
 * The types of the values that an op reads and writes, in the shapes that it documents.
 *
 * @param inputs what it reads, in the order of {@link Op#inputs}
 * @param constants its weights, in the order of {@link Op#constants}
 * @param output what it writes
 */
public record OpTypes(List<ValueType> inputs, List<ValueType> constants, ValueType output) {
  /**
   * Copies the lists.
   *
   * @param inputs see {@link #inputs}
   * @param constants see {@link #constants}
   * @param output see {@link #output}
   * @throws InvalidArgumentException if something is missing
   */
  public OpTypes {
    InvalidArgumentException.requirePresent(inputs, "The types of an op's inputs");
    InvalidArgumentException.requirePresent(constants, "The types of an op's constants");
    InvalidArgumentException.requirePresent(output, "The type of an op's output");
    inputs = List.copyOf(inputs);
    constants = List.copyOf(constants);
  }

  /**
   * Describes an op whose values are all of one data type.
   *
   * @param op the op
   * @param dataType the data type
   * @return the types
   */
  public static OpTypes of(Op op, DataType dataType) {
    InvalidArgumentException.requirePresent(op, "The op to compile");
    InvalidArgumentException.requirePresent(dataType, "The data type to compile for");
    return new OpTypes(
        types(op.inputs(), dataType),
        types(op.constants(), dataType),
        ValueType.of(dataType, op.output()));
  }

  private static List<ValueType> types(List<Shape> shapes, DataType dataType) {
    List<ValueType> types = new ArrayList<>(shapes.size());
    for (Shape shape : shapes) {
      types.add(ValueType.of(dataType, shape));
    }
    return types;
  }

  /**
   * Returns why an engine that knows some data types, and no quantized values, leaves the op to
   * others.
   *
   * @param known the data types that it knows
   * @return the reason, in a few words, or nothing
   */
  public Optional<String> unknown(Set<DataType> known) {
    for (ValueType type : all()) {
      if (type.quantization().isPresent()) {
        return Optional.of("does not compute with quantized values");
      }
    }
    return unknownDataType(known);
  }

  /**
   * Returns why an engine that knows some data types, but one at a time, and no quantized values,
   * leaves the op to others.
   *
   * @param known the data types that it knows
   * @return the reason, in a few words, or nothing: then all values are of the output's data type
   */
  public Optional<String> unknownOrMixed(Set<DataType> known) {
    Optional<String> unknown = unknown(known);
    for (ValueType type : all()) {
      if (unknown.isEmpty() && type.dataType() != output.dataType()) {
        return Optional.of("does not mix " + type.dataType() + " with " + output.dataType());
      }
    }
    return unknown;
  }

  /** Why an engine of some data types need not be asked, whatever else it knows. */
  Optional<String> unknownDataType(Set<DataType> known) {
    for (ValueType type : all()) {
      if (!known.contains(type.dataType())) {
        return Optional.of("does not compute with " + type.dataType());
      }
    }
    return Optional.empty();
  }

  private List<ValueType> all() {
    List<ValueType> all = new ArrayList<>(inputs);
    all.addAll(constants);
    all.add(output);
    return all;
  }

  /** Checks that these are the types of an op's values: anybody may hand over others. */
  void requireFor(Op op) {
    if (!fit(inputs, op.inputs())
        || !fit(constants, op.constants())
        || !output.shape().equals(op.output())) {
      throw new ShapeMismatchException(
          "A %s reads %s and %s and writes %s; given the types %s."
              .formatted(
                  op.getClass().getSimpleName(), op.inputs(), op.constants(), op.output(), this));
    }
  }

  private static boolean fit(List<ValueType> types, List<Shape> shapes) {
    boolean fit = types.size() == shapes.size();
    for (int i = 0; fit && i < types.size(); i++) {
      fit = types.get(i).shape().equals(shapes.get(i));
    }
    return fit;
  }
}
