package org.conv4j.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes protocol buffer messages by hand, sound or not. */
final class Proto {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  static Proto message() {
    return new Proto();
  }

  Proto number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  Proto bytes(int field, byte[] content) {
    return declared(field, content.length).raw(content);
  }

  /** The beginning of a field of some length, whatever follows. */
  Proto declared(int field, long length) {
    varint((long) field << 3 | 2);
    varint(length);
    return this;
  }

  Proto raw(byte... content) {
    bytes.writeBytes(content);
    return this;
  }

  Proto text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Proto message(int field, Proto inner) {
    return bytes(field, inner.toBytes());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }

  /** A model of a graph. */
  static byte[] model(Proto graph, Proto... functions) {
    Proto model = message().number(1, 8).text(2, "test").message(7, graph).message(8, opset());
    for (Proto function : functions) {
      model.message(25, function);
    }
    return model.toBytes();
  }

  private static Proto opset() {
    return message().number(2, 17);
  }

  static Proto node(String operator, String[] inputs, String... outputs) {
    Proto node = message();
    for (String input : inputs) {
      node.text(1, input);
    }
    for (String output : outputs) {
      node.text(2, output);
    }
    return node.text(4, operator);
  }

  static String[] inputs(String... names) {
    return names;
  }

  /** A float input or output; extents below 0 are open. */
  static Proto value(String name, long... dims) {
    Proto shape = message();
    for (long dim : dims) {
      shape.message(1, dim < 0 ? message() : message().number(1, dim));
    }
    Proto tensor = message().number(1, 1).message(2, shape);
    return message().text(1, name).message(2, message().message(1, tensor));
  }

  /** The beginning of a tensor, without elements. */
  static Proto tensor(String name, int type, long... dims) {
    Proto tensor = message();
    for (long dim : dims) {
      tensor.number(1, dim);
    }
    return tensor.number(2, type).text(8, name);
  }

  static Proto integers(String name, long... numbers) {
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      raw.putLong(number);
    }
    return tensor(name, 7, numbers.length).bytes(9, raw.array());
  }

  /** A graph from x of shape (1, 2, 4, 4) to y. */
  static Proto graph(Proto... nodes) {
    Proto graph = message().text(2, "g").message(11, value("x", 1, 2, 4, 4));
    for (Proto node : nodes) {
      graph.message(1, node);
    }
    return graph.message(12, value("y"));
  }
}
