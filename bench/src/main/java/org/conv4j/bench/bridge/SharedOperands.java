package org.conv4j.bench.bridge;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.conv4j.notation.BenchCase;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The numbers of a case in a file that both processes map, so that both work in the very same pages
 * of memory. They lie as {@code native/baseline/placement.hpp} says, and are integers so small that
 * every sum is exact in float32.
 *
 * @param file the file; deleted by {@link #close}, while the memory lives as long as its tensors
 * @param input filled
 * @param output to be written
 * @param constants for each op its kernel and, if it has one, its bias; filled
 */
record SharedOperands(Path file, Tensor input, Tensor output, List<List<Tensor>> constants)
    implements AutoCloseable {
  /** Where Linux keeps files in memory. */
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private static final int PAGE = 4096;
  private static final int OUTPUT_SHIFT = 1024;
  private static final int MAGNITUDE = 4;

  /** Makes the file of a case. */
  static SharedOperands of(BenchCase benchCase) {
    long outputOffset = nextPage(bytes(benchCase.input())) + OUTPUT_SHIFT;
    long end = outputOffset + bytes(benchCase.output());
    List<Long> offsets = new ArrayList<>();
    for (Op op : benchCase.ops()) {
      for (Shape shape : op.constants()) {
        offsets.add(nextPage(end));
        end = nextPage(end) + bytes(shape);
      }
    }
    try {
      Path file =
          Files.isWritable(IN_MEMORY)
              ? Files.createTempFile(IN_MEMORY, "conv4j", ".bridge")
              : Files.createTempFile("conv4j", ".bridge");
      file.toFile().deleteOnExit();
      MappedByteBuffer block = map(file, end);
      Random random = new Random(benchCase.id().hashCode());
      Tensor input = filled(tensor(block, 0, benchCase.input()), random);
      List<List<Tensor>> constants = new ArrayList<>();
      int next = 0;
      for (Op op : benchCase.ops()) {
        List<Tensor> ofOp = new ArrayList<>();
        for (Shape shape : op.constants()) {
          ofOp.add(filled(tensor(block, offsets.get(next++), shape), random));
        }
        constants.add(ofOp);
      }
      return new SharedOperands(
          file, input, tensor(block, outputOffset, benchCase.output()), constants);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static MappedByteBuffer map(Path file, long bytes) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      return access.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, bytes);
    }
  }

  private static Tensor tensor(MappedByteBuffer block, long offset, Shape shape) {
    return Tensor.wrap(
        DataType.FLOAT32,
        shape,
        block
            .slice(Math.toIntExact(offset), Math.toIntExact(bytes(shape)))
            .order(ByteOrder.nativeOrder()));
  }

  private static Tensor filled(Tensor tensor, Random random) {
    tensor.transform(ignored -> random.nextInt(2 * MAGNITUDE + 1) - MAGNITUDE);
    return tensor;
  }

  private static long bytes(Shape shape) {
    return shape.elementCount() * DataType.FLOAT32.bytes();
  }

  private static long nextPage(long offset) {
    return (offset + PAGE - 1) / PAGE * PAGE;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
