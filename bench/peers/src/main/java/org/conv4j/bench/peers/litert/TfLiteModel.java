package org.conv4j.bench.peers.litert;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a TensorFlow Lite model: one graph of float tensors and constants. The field numbers are
 * those of {@code schema.fbs}, version 3, of which this covers the few tables that convolutions
 * need.
 */
final class TfLiteModel {
  private static final int SCHEMA_VERSION = 3;
  private static final byte FLOAT32 = 0;
  private static final byte INT32 = 2;
  private static final int BUFFER_ALIGNMENT = 16;

  /** One field of an operator's options; all of them are bytes or ints that default to 0 or 1. */
  record Option(int field, int value, boolean isByte) {}

  private record Code(int builtin, int version) {}

  private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> operators = new ArrayList<>();
  private final Map<Code, Integer> codes = new LinkedHashMap<>();

  TfLiteModel() {
    builder.startTable(1);
    buffers.add(builder.endTable());
  }

  /** Adds a value that an operator computes, or that the graph is given. */
  int value(long... shape) {
    return tensor(FLOAT32, shape, 0);
  }

  int constant(float[] values, long... shape) {
    ByteBuffer data = littleEndian(values.length * Float.BYTES);
    data.asFloatBuffer().put(values);
    return tensor(FLOAT32, shape, buffer(data));
  }

  int constant(int[] values, long... shape) {
    ByteBuffer data = littleEndian(values.length * Integer.BYTES);
    data.asIntBuffer().put(values);
    return tensor(INT32, shape, buffer(data));
  }

  /**
   * Adds an operator.
   *
   * @param builtin its number in {@code BuiltinOperator}
   * @param version the version of its contract
   * @param optionsType the number of its options in {@code BuiltinOptions}
   * @param options the options that are not zero
   * @param inputs the tensors that it reads
   * @param output the tensor that it writes
   */
  void operator(
      int builtin,
      int version,
      int optionsType,
      List<Option> options,
      List<Integer> inputs,
      int output) {
    int code = codes.computeIfAbsent(new Code(builtin, version), key -> codes.size());
    builder.startTable(options.stream().mapToInt(Option::field).max().orElse(-1) + 1);
    for (Option option : options) {
      if (option.isByte()) {
        builder.addByte(option.field(), (byte) option.value(), 0);
      } else {
        builder.addInt(option.field(), option.value(), 0);
      }
    }
    int optionsTable = builder.endTable();
    int inputVector = ints(inputs.stream().mapToInt(Integer::intValue).toArray());
    int outputVector = ints(output);
    builder.startTable(5);
    builder.addInt(0, code, 0);
    builder.addOffset(1, inputVector, 0);
    builder.addOffset(2, outputVector, 0);
    builder.addByte(3, (byte) optionsType, 0);
    builder.addOffset(4, optionsTable, 0);
    operators.add(builder.endTable());
  }

  byte[] finish(int input, int output) {
    int tensorVector = tables(tensors);
    int inputVector = ints(input);
    int outputVector = ints(output);
    int operatorVector = tables(operators);
    builder.startTable(4);
    builder.addOffset(0, tensorVector, 0);
    builder.addOffset(1, inputVector, 0);
    builder.addOffset(2, outputVector, 0);
    builder.addOffset(3, operatorVector, 0);
    int subgraphs = tables(List.of(builder.endTable()));
    int codeVector = tables(codes.keySet().stream().map(this::operatorCode).toList());
    int bufferVector = tables(buffers);
    builder.startTable(5);
    builder.addInt(0, SCHEMA_VERSION, 0);
    builder.addOffset(1, codeVector, 0);
    builder.addOffset(2, subgraphs, 0);
    builder.addOffset(4, bufferVector, 0);
    builder.finish(builder.endTable(), "TFL3");
    return builder.sizedByteArray();
  }

  /** Old readers find operators up to 127 in field 0, new ones all in field 3. */
  private int operatorCode(Code code) {
    builder.startTable(4);
    builder.addByte(0, (byte) Math.min(code.builtin(), Byte.MAX_VALUE), 0);
    builder.addInt(2, code.version(), 1);
    builder.addInt(3, code.builtin(), 0);
    return builder.endTable();
  }

  private int tensor(byte type, long[] shape, int buffer) {
    int shapeVector = ints(Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
    int name = builder.createString("tensor" + tensors.size());
    builder.startTable(4);
    builder.addOffset(0, shapeVector, 0);
    builder.addByte(1, type, 0);
    builder.addInt(2, buffer, 0);
    builder.addOffset(3, name, 0);
    tensors.add(builder.endTable());
    return tensors.size() - 1;
  }

  private int buffer(ByteBuffer data) {
    builder.startVector(1, data.capacity(), BUFFER_ALIGNMENT);
    for (int i = data.capacity() - 1; i >= 0; i--) {
      builder.addByte(data.get(i));
    }
    int vector = builder.endVector();
    builder.startTable(1);
    builder.addOffset(0, vector, 0);
    buffers.add(builder.endTable());
    return buffers.size() - 1;
  }

  private int ints(int... values) {
    builder.startVector(Integer.BYTES, values.length, Integer.BYTES);
    for (int i = values.length - 1; i >= 0; i--) {
      builder.addInt(values[i]);
    }
    return builder.endVector();
  }

  private int tables(List<Integer> offsets) {
    return builder.createVectorOfTables(offsets.stream().mapToInt(Integer::intValue).toArray());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
