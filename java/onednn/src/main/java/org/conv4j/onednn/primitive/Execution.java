package org.conv4j.onednn.primitive;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.onednn.binding.Address;
import org.conv4j.onednn.binding.NativeHandle;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * A primitive bound to arguments, ready to run again and again without allocating. Owner of the
 * memory objects and the stream, not of the data. Used by one thread at a time.
 */
final class Execution implements AutoCloseable {
  /** A {@code dnnl_exec_arg_t} is an {@code int} and, aligned, a pointer. */
  private static final int RECORD_BYTES = 16;

  private static final int RECORD_POINTER = 8;

  private final Primitive primitive;
  private final NativeHandle<dnnl_stream> stream;
  private final List<Argument> arguments = new ArrayList<>();
  private final Memory records;
  private final ByteBuffer recordBytes;
  private final dnnl_exec_arg_t firstRecord;

  /** Makes room for a number of arguments, which the caller then adds. */
  Execution(Primitive primitive, int argumentCount) {
    this.primitive = primitive;
    records = Memory.allocate(argumentCount * RECORD_BYTES);
    recordBytes = HeldElements.bytes(records);
    firstRecord = new dnnl_exec_arg_t(Address.of(records));
    dnnl_stream created = new dnnl_stream();
    Status.check(
        dnnl.dnnl_stream_create(created, OneDnn.engine(), dnnl.dnnl_stream_default_flags),
        "creating a stream");
    stream = NativeHandle.own(created, dnnl::dnnl_stream_destroy);
  }

  /** Adds an argument without data. */
  Argument argument(int id, dnnl_memory_desc desc) {
    Argument argument = new Argument(desc);
    int record = arguments.size() * RECORD_BYTES;
    recordBytes.putInt(record, id);
    recordBytes.putLong(record + RECORD_POINTER, argument.memory.get().address());
    arguments.add(argument);
    return argument;
  }

  /** Runs the primitive on the data that the arguments were set to, and waits for it. */
  void run() {
    Status.check(
        dnnl.dnnl_primitive_execute(primitive.get(), stream.get(), arguments.size(), firstRecord),
        "running a primitive");
    Status.check(dnnl.dnnl_stream_wait(stream.get()), "waiting for a primitive");
    Reference.reachabilityFence(this);
  }

  @Override
  public void close() {
    arguments.forEach(argument -> argument.memory.close());
    stream.close();
    records.close();
  }

  /** One memory object of an execution. */
  static final class Argument {
    private final NativeHandle<dnnl_memory> memory;
    private final Address address = new Address();

    private Argument(dnnl_memory_desc desc) {
      dnnl_memory created = new dnnl_memory();
      Status.check(
          dnnl.dnnl_memory_create(created, desc, OneDnn.engine(), null),
          "creating a memory object");
      memory = NativeHandle.own(created, dnnl::dnnl_memory_destroy);
    }

    /** Points at data that the caller keeps alive while it runs. Costs nothing if unchanged. */
    void set(long data) {
      if (address.address() == data) {
        return;
      }
      Status.check(
          dnnl.dnnl_memory_set_data_handle(memory.get(), address.at(data)), "setting an argument");
    }

    /** Points at a block that the caller keeps open while it runs. */
    void set(Memory block) {
      set(Address.of(block).address());
    }
  }
}
