package org.conv4j.keras.hdf5;

import java.util.Optional;
import org.conv4j.bytes.Elements;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.keras.hdf5.chunk.Array;
import org.conv4j.keras.hdf5.chunk.Chunks;
import org.conv4j.keras.hdf5.chunk.DataLayout;
import org.conv4j.keras.hdf5.chunk.Filters;
import org.conv4j.keras.hdf5.structure.Dataspace;
import org.conv4j.keras.hdf5.structure.Datatype;
import org.conv4j.keras.hdf5.structure.Metadata;
import org.conv4j.keras.hdf5.structure.ObjectHeader;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;

/** A data set: an array, whose elements are read on demand. Not thread-safe. */
public final class Hdf5Dataset extends Hdf5Object {
  /** How Keras marks values that h5py stores as bytes without a meaning. */
  private static final String TYPE_ATTRIBUTE = "dtype";

  private static final String BFLOAT16 = "bfloat16";

  private final Dataspace space;
  private final Datatype type;

  Hdf5Dataset(Hdf5File file, String path, ObjectHeader header) {
    super(file, path, header);
    space = Dataspace.read(header.one(ObjectHeader.DATASPACE, "data space"));
    type = Datatype.read(header.datatype());
  }

  /**
   * Returns the array's shape.
   *
   * @return the shape, without dimensions for a scalar
   * @throws org.conv4j.error.MalformedFileException if no tensor can have it, because it is empty
   *     or absurdly large
   */
  public Shape shape() {
    try {
      if (space.empty()) {
        throw file.metadata().malformed("has no elements at '/%s'".formatted(path()));
      }
      return Shape.of(space.dims());
    } catch (ShapeMismatchException illegal) {
      throw file.metadata()
          .malformed(
              "has an impossible array at '/%s': %s".formatted(path(), illegal.getMessage()));
    }
  }

  /**
   * Returns how the elements are stored.
   *
   * @return the type
   * @throws org.conv4j.error.MalformedFileException if they are no numbers
   */
  public ElementType elementType() {
    if (type.kind() == Datatype.Kind.OPAQUE && type.bytes() == ElementType.BFLOAT16.bytes()) {
      // Only the newer of Keras's two formats says which type it is.
      Optional<String> said = text(TYPE_ATTRIBUTE);
      if (said.isEmpty() || said.get().equals(BFLOAT16)) {
        return ElementType.BFLOAT16;
      }
    }
    if (type.kind() != Datatype.Kind.NUMBER) {
      throw file.metadata()
          .malformed("has elements that are no numbers at '/%s'".formatted(path()));
    }
    return type.number();
  }

  /**
   * Returns where the elements lie, which can be read again and again.
   *
   * @return the elements; nothing if they are stored in chunks, which only {@link #read} puts
   *     together, or were never written
   * @throws org.conv4j.error.MalformedFileException if the data are incomplete, or stored in an
   *     unsupported way
   */
  public Optional<Elements> elements() {
    return layout() instanceof DataLayout.Whole whole && whole.written()
        ? Optional.of(whole.elements(array(), file.metadata()))
        : Optional.empty();
  }

  /**
   * Reads the elements.
   *
   * @return a new tensor of the stored type's {@link ElementType#dataType}, which the caller closes
   * @throws org.conv4j.error.MalformedFileException if the data are damaged, incomplete, or stored
   *     in an unsupported way
   * @throws ShapeMismatchException if the array is too large for a tensor
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   */
  public Tensor read() {
    DataLayout layout = layout();
    if (layout instanceof DataLayout.Whole whole && whole.written()) {
      return whole.elements(array(), file.metadata()).read();
    }
    Metadata metadata = file.metadata();
    Array array = array();
    Tensor tensor = Tensor.allocate(array.type().dataType(), array.shape());
    try {
      FillValue.of(header).fill(array, tensor, metadata);
      if (layout instanceof DataLayout.Chunked chunked) {
        Filters filters = Filters.read(header, metadata, path());
        Chunks.read(chunked, array, space.maxDims(), filters, metadata, file.budget(), tensor);
      }
      return tensor;
    } catch (RuntimeException | Error failure) {
      tensor.close();
      throw failure;
    }
  }

  private DataLayout layout() {
    if (header.has(ObjectHeader.EXTERNAL_FILES)) {
      throw file.metadata().malformed("keeps '/%s' in another file".formatted(path()));
    }
    return DataLayout.read(header.one(ObjectHeader.LAYOUT, "data layout"));
  }

  /** Describes the elements, whose memory it takes from the file's budget. */
  private Array array() {
    Shape shape = shape();
    ElementType elementType = elementType();
    long bytes;
    try {
      bytes = Math.multiplyExact(shape.elementCount(), elementType.dataType().bytes());
    } catch (ArithmeticException overflow) {
      throw file.metadata().malformed("has an absurdly large array at '/%s'".formatted(path()));
    }
    file.budget().take(bytes + Memory.ALIGNMENT);
    return new Array(shape, elementType, type.order());
  }
}
