package org.conv4j.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;

/**
 * What precedes the elements of a {@code .npy} file. The format is NumPy's NEP 1: a magic string, a
 * version, the length of the rest, and a Python dictionary.
 *
 * @param type the type of the stored elements
 * @param order their byte order
 * @param fortranOrder whether the first index varies fastest
 * @param shape the array's shape
 */
record NpyHeader(ElementType type, ByteOrder order, boolean fortranOrder, Shape shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  /** NumPy itself refuses longer headers when it reads files that it does not trust. */
  private static final int MAX_LENGTH = 10_000;

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("b1", ElementType.BOOL),
          Map.entry("i1", ElementType.INT8),
          Map.entry("u1", ElementType.UINT8),
          Map.entry("i2", ElementType.INT16),
          Map.entry("u2", ElementType.UINT16),
          Map.entry("i4", ElementType.INT32),
          Map.entry("u4", ElementType.UINT32),
          Map.entry("i8", ElementType.INT64),
          Map.entry("u8", ElementType.UINT64),
          Map.entry("f2", ElementType.FLOAT16),
          Map.entry("f4", ElementType.FLOAT32),
          Map.entry("f8", ElementType.FLOAT64));

  private static final Pattern DESCRIPTION =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>|=]?)([a-zA-Z]\\d*)['\"]");
  private static final Pattern FORTRAN_ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)\\b");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\d\\sL,]*)\\)");

  /** The number of bytes that the elements take. */
  long dataBytes() {
    return Math.multiplyExact(shape.elementCount(), type.bytes());
  }

  static NpyHeader read(InputStream stream, String source) throws IOException {
    byte[] start = stream.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw malformed(source, "does not start like a .npy file");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw malformed(source, "has the .npy version " + version + "; known are 1 to 3");
    }
    byte[] lengthBytes = stream.readNBytes(version == 1 ? Short.BYTES : Integer.BYTES);
    if (lengthBytes.length < (version == 1 ? Short.BYTES : Integer.BYTES)) {
      throw malformed(source, "ends inside its header");
    }
    ByteBuffer little = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
    long length =
        version == 1
            ? Short.toUnsignedLong(little.getShort())
            : Integer.toUnsignedLong(little.getInt());
    if (length > MAX_LENGTH) {
      throw malformed(
          source, "announces a header of %d bytes; at most %d".formatted(length, MAX_LENGTH));
    }
    byte[] text = stream.readNBytes((int) length);
    if (text.length < length) {
      throw malformed(source, "ends inside its header");
    }
    return parse(new String(text, StandardCharsets.UTF_8), source);
  }

  private static NpyHeader parse(String text, String source) {
    Matcher description = find(DESCRIPTION, text, "a plain element type", source);
    String code = description.group(2);
    ElementType type = TYPES.get(code);
    if (type == null) {
      throw malformed(
          source,
          "holds elements of the type '%s'; supported are bool, integers and floats of up to 64 bits"
              .formatted(code));
    }
    ByteOrder order =
        switch (description.group(1)) {
          case "<" -> ByteOrder.LITTLE_ENDIAN;
          case ">" -> ByteOrder.BIG_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    boolean fortranOrder =
        find(FORTRAN_ORDER, text, "its element order", source).group(1).equals("True");
    String dims = find(SHAPE, text, "a shape", source).group(1);
    return new NpyHeader(type, order, fortranOrder, parseShape(dims, type, source));
  }

  private static Shape parseShape(String text, ElementType type, String source) {
    try {
      long[] dims =
          Arrays.stream(text.split(","))
              .map(dim -> dim.strip().replace("L", ""))
              .filter(dim -> !dim.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      Shape shape = Shape.ofElements(dims);
      Math.multiplyExact(shape.elementCount(), type.bytes());
      return shape;
    } catch (NumberFormatException | ArithmeticException | ShapeMismatchException illegal) {
      throw new MalformedFileException(
          "%s has the shape (%s), which no tensor can have.".formatted(source, text), illegal);
    }
  }

  private static Matcher find(Pattern pattern, String text, String what, String source) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw malformed(source, "does not name " + what + " in its header");
    }
    return matcher;
  }

  static MalformedFileException malformed(String source, String problem) {
    return new MalformedFileException(source + " " + problem + ".");
  }

  /** The header of the file that holds a tensor, in version 1.0. */
  static byte[] format(Tensor tensor) {
    long[] dims = tensor.shape().toArray();
    String shape =
        LongStream.of(dims)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", ", "(", dims.length == 1 ? ",)" : ")"));
    String dictionary =
        "{'descr': '<%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(code(tensor.dataType()), shape);
    int before = MAGIC.length + 2 + Short.BYTES;
    int total = (before + dictionary.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - before));
    bytes.put(dictionary.getBytes(StandardCharsets.US_ASCII));
    while (bytes.remaining() > 1) {
      bytes.put((byte) ' ');
    }
    bytes.put((byte) '\n');
    return bytes.array();
  }

  private static String code(DataType dataType) {
    for (Map.Entry<String, ElementType> type : TYPES.entrySet()) {
      if (type.getValue().isDataType() && type.getValue().dataType() == dataType) {
        return type.getKey();
      }
    }
    throw new AssertionError(dataType);
  }
}
